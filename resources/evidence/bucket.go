package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

const (
	tryTime  = 30 * time.Second // for one call's one try
	maxPages = 1000             // of a listing, 1,000 objects each: a thousand years of reports
)

// bucket is the source's, opened.
type bucket struct {
	*s3.Client
	source
}

// open finds credentials: the source's own, else where the SDK always looks.
func (s source) open(ctx context.Context) (bucket, error) {
	options := []func(*config.LoadOptions) error{config.WithHTTPClient(awshttp.NewBuildableClient().WithTimeout(tryTime))}
	if s.Region != "" {
		options = append(options, config.WithRegion(s.Region))
	}
	if !s.AccessKeyID.IsZero() {
		options = append(options, config.WithCredentialsProvider(credentials.NewStaticCredentialsProvider(
			s.AccessKeyID.Reveal(), s.SecretAccessKey.Reveal(), s.SessionToken.Reveal())))
	}
	c, err := config.LoadDefaultConfig(ctx, options...)
	if err != nil {
		return bucket{}, fmt.Errorf("load the configuration of the AWS SDK: %w", err)
	}
	if c.Region == "" && s.Endpoint == "" {
		return bucket{}, errors.New("region is missing: give it in source, or as AWS_REGION to the worker")
	}
	if s.RoleARN != "" {
		c.Credentials = aws.NewCredentialsCache(stscreds.NewAssumeRoleProvider(sts.NewFromConfig(c), s.RoleARN,
			func(o *stscreds.AssumeRoleOptions) { o.RoleSessionName = "platform-checklist" }))
	}
	return bucket{s3.NewFromConfig(c, s.elsewhere), s}, nil
}

// elsewhere is for an S3 server that is not AWS's.
func (s source) elsewhere(o *s3.Options) {
	if s.Endpoint != "" {
		o.BaseEndpoint = &s.Endpoint
		o.UsePathStyle = true
		o.Region = cmp.Or(o.Region, "us-east-1")
		o.RequestChecksumCalculation = aws.RequestChecksumCalculationWhenRequired
		o.ResponseChecksumValidation = aws.ResponseChecksumValidationWhenRequired
	}
}

// reports lists the keys of the reports that follow a place in the order of keys, the oldest first.
func (b bucket) reports(ctx context.Context, after string) (keys []string, err error) {
	pages := s3.NewListObjectsV2Paginator(b, &s3.ListObjectsV2Input{
		Bucket: &b.Bucket, Prefix: aws.String(b.root()), StartAfter: aws.String(cmp.Or(after, b.root()))})
	for n := 0; pages.HasMorePages(); n++ {
		if n == maxPages {
			return nil, fmt.Errorf("list %s: more than %d pages", b.place(b.root()), maxPages)
		}
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, fmt.Errorf("list %s: %w", b.place(b.root()), err)
		}
		if aws.ToString(page.Name) != b.Bucket { // the SDK takes a sign-in page with status 200 for an empty listing
			return nil, fmt.Errorf("list %s: the answer is no listing of the bucket: a proxy before the server?", b.place(b.root()))
		}
		for _, object := range page.Contents {
			if key := aws.ToString(object.Key); b.owns(key) {
				keys = append(keys, key)
			}
		}
	}
	return keys, nil
}

// read gives an object whole.
func (b bucket) read(ctx context.Context, key string) ([]byte, error) {
	object, err := b.GetObject(ctx, &s3.GetObjectInput{Bucket: &b.Bucket, Key: &key})
	var missing *types.NoSuchKey
	switch {
	case errors.As(err, &missing):
		return nil, fmt.Errorf("%s is not there any more: deleted, or expired; fly check-resource finds the newest", b.place(key))
	case err != nil:
		return nil, fmt.Errorf("read %s: %w", b.place(key), err)
	}
	defer object.Body.Close()
	body, err := io.ReadAll(io.LimitReader(object.Body, report.MaxSize+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read %s: %w", b.place(key), err)
	case len(body) > report.MaxSize:
		return nil, fmt.Errorf("read %s: it is larger than %d bytes", b.place(key), report.MaxSize)
	}
	return body, nil
}

// write makes an object that was not there. Another try of the same put finds its own, and is content.
func (b bucket) write(ctx context.Context, key, kind string, body []byte, facts map[string]string) error {
	done, err := b.PutObject(ctx, &s3.PutObjectInput{
		Bucket: &b.Bucket, Key: &key, Body: bytes.NewReader(body), ContentType: &kind, Metadata: facts, IfNoneMatch: aws.String("*")})
	var answer *awshttp.ResponseError
	if err == nil && aws.ToString(done.ETag) == "" {
		return fmt.Errorf("write %s: the answer has no ETag: a proxy before the server?", b.place(key))
	}
	if err == nil {
		return nil
	}
	if !errors.As(err, &answer) || answer.HTTPStatusCode() != http.StatusPreconditionFailed {
		return fmt.Errorf("write %s: %w", b.place(key), err)
	}
	there, err := b.read(ctx, key)
	if err == nil && !bytes.Equal(there, body) {
		err = fmt.Errorf("%s is there already with other content, and nothing is overwritten", b.place(key))
	}
	return err
}

func (b bucket) place(key string) string { return "s3://" + b.Bucket + "/" + key }

// beside is another object of the same report.
func beside(key, name string) string { return path.Join(path.Dir(key), name) }

// folder is the place in the order of keys just before a report.
func folder(key string) string { return strings.TrimSuffix(key, file) }
