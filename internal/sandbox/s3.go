package sandbox

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// S3 is how to reach the S3 server, from here and from containers. Buckets are in the path.
type S3 struct{ Endpoint, Region, AccessKey, SecretKey string }

// Client is a client of the server.
func (s S3) Client() *s3.Client {
	return s3.New(s3.Options{
		BaseEndpoint: aws.String(s.Endpoint),
		Region:       s.Region,
		Credentials:  credentials.NewStaticCredentialsProvider(s.AccessKey, s.SecretKey, ""),
		UsePathStyle: true,
	})
}

// CreateBucket makes an empty bucket.
func (s S3) CreateBucket(ctx context.Context, name string) error {
	if _, err := s.Client().CreateBucket(ctx, &s3.CreateBucketInput{Bucket: &name}); err != nil {
		return fmt.Errorf("create the bucket %s: %w", name, err)
	}
	return nil
}

func (sb *Sandbox) startS3(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	ports, err := freePorts(1)
	if err != nil {
		return err
	}
	buckets, versions := filepath.Join(sb.dir, "s3"), filepath.Join(sb.dir, "s3-versions")
	for _, dir := range []string{buckets, versions} {
		if err := os.Mkdir(dir, 0o755); err != nil {
			return err
		}
	}
	address := net.JoinHostPort(host, ports[0])
	sb.S3 = S3{Endpoint: "http://" + address, Region: "us-east-1", AccessKey: "sandbox", SecretKey: "sandbox-secret"}
	p, err := sb.start("s3", exec.Command(sb.Tool("versitygw"),
		"--port", address, "--access", sb.S3.AccessKey, "--secret", sb.S3.SecretKey, "--region", sb.S3.Region,
		"--health", "/health", "--quiet", "posix", "--versioning-dir", versions, buckets))
	if err != nil {
		return err
	}
	return p.ready(ctx, func(ctx context.Context) error { return answers(ctx, sb.S3.Endpoint+"/health") })
}
