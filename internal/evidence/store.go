// Package evidence is a client of the S3 bucket that keeps every report: where a report belongs, and
// how it is written, listed and read.
package evidence

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
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

// Store is a place, opened.
type Store struct {
	client *s3.Client
	place  Place
}

// Open finds credentials: the place's own, else where the SDK always looks.
func (p Place) Open(ctx context.Context) (*Store, error) {
	options := []func(*config.LoadOptions) error{config.WithHTTPClient(awshttp.NewBuildableClient().WithTimeout(tryTime))}
	if p.Region != "" {
		options = append(options, config.WithRegion(p.Region))
	}
	if !p.AccessKeyID.IsZero() {
		options = append(options, config.WithCredentialsProvider(credentials.NewStaticCredentialsProvider(
			p.AccessKeyID.Reveal(), p.SecretAccessKey.Reveal(), p.SessionToken.Reveal())))
	}
	c, err := config.LoadDefaultConfig(ctx, options...)
	if err != nil {
		return nil, fmt.Errorf("load the configuration of the AWS SDK: %w", err)
	}
	if c.Region == "" && p.Endpoint == "" {
		return nil, errors.New("region is missing: give it, or AWS_REGION to the worker")
	}
	if p.RoleARN != "" {
		c.Credentials = aws.NewCredentialsCache(stscreds.NewAssumeRoleProvider(sts.NewFromConfig(c), p.RoleARN,
			func(o *stscreds.AssumeRoleOptions) { o.RoleSessionName = "platform-checklist" }))
	}
	return &Store{s3.NewFromConfig(c, p.elsewhere), p}, nil
}

// elsewhere is for an S3 server that is not AWS's.
func (p Place) elsewhere(o *s3.Options) {
	if p.Endpoint != "" {
		o.BaseEndpoint = &p.Endpoint
		o.UsePathStyle = true
		o.Region = cmp.Or(o.Region, "us-east-1")
		o.RequestChecksumCalculation = aws.RequestChecksumCalculationWhenRequired
		o.ResponseChecksumValidation = aws.ResponseChecksumValidationWhenRequired
	}
}

// Reports lists the keys of a line's reports that follow a place in the order of keys, the oldest first.
func (s *Store) Reports(ctx context.Context, l Line, after string) (keys []string, err error) {
	root := s.root(l)
	pages := s3.NewListObjectsV2Paginator(s.client, &s3.ListObjectsV2Input{
		Bucket: &s.place.Bucket, Prefix: &root, StartAfter: aws.String(cmp.Or(after, root))})
	for n := 0; pages.HasMorePages(); n++ {
		if n == maxPages {
			return nil, fmt.Errorf("list %s: more than %d pages", s.Name(root), maxPages)
		}
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, fmt.Errorf("list %s: %w", s.Name(root), err)
		}
		if aws.ToString(page.Name) != s.place.Bucket { // the SDK takes a sign-in page with status 200 for an empty listing
			return nil, fmt.Errorf("list %s: the answer is no listing of the bucket: a proxy before the server?", s.Name(root))
		}
		for _, object := range page.Contents {
			if key := aws.ToString(object.Key); s.Owns(l, key) {
				keys = append(keys, key)
			}
		}
	}
	return keys, nil
}

// Report reads one report.
func (s *Store) Report(ctx context.Context, key string) (*report.Report, error) {
	body, err := s.Read(ctx, key)
	if err != nil {
		return nil, err
	}
	r, err := report.Decode(bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.Name(key), err)
	}
	return r, nil
}

// Latest reads a line's last report before a moment; nil where there is none yet. later are those after it, which a clock that was
// wrong left there, as nothing is ever taken away.
func (s *Store) Latest(ctx context.Context, l Line, now time.Time) (r *report.Report, later int, err error) {
	keys, err := s.Reports(ctx, l, "")
	for len(keys) > 0 {
		last := keys[len(keys)-1]
		if at, _ := Told(last); !at.After(now) {
			r, err = s.Report(ctx, last)
			break
		}
		keys, later = keys[:len(keys)-1], later+1
	}
	return r, later, err
}

// Status tells a report's status without reading it; an error where the object does not say.
func (s *Store) Status(ctx context.Context, key string) (report.Status, error) {
	object, err := s.client.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &s.place.Bucket, Key: &key})
	if err != nil {
		return "", fmt.Errorf("ask for the status of %s: %w", s.Name(key), err)
	}
	switch status := report.Status(object.Metadata["status"]); status {
	case report.Clean, report.Found, report.Unknown:
		return status, nil
	default:
		return "", fmt.Errorf("%s has the status %q, which is none", s.Name(key), status)
	}
}

// Read gives an object whole.
func (s *Store) Read(ctx context.Context, key string) ([]byte, error) {
	object, err := s.client.GetObject(ctx, &s3.GetObjectInput{Bucket: &s.place.Bucket, Key: &key})
	var missing *types.NoSuchKey
	switch {
	case errors.As(err, &missing):
		return nil, fmt.Errorf("%s is not there any more: deleted, or expired; fly check-resource finds the newest", s.Name(key))
	case err != nil:
		return nil, fmt.Errorf("read %s: %w", s.Name(key), err)
	}
	defer object.Body.Close()
	body, err := io.ReadAll(io.LimitReader(object.Body, report.MaxSize+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read %s: %w", s.Name(key), err)
	case len(body) > report.MaxSize:
		return nil, fmt.Errorf("read %s: it is larger than %d bytes", s.Name(key), report.MaxSize)
	}
	return body, nil
}

// Write makes an object that was not there, and reads it back: proof is what can be read. Another try of
// the same put finds its own, and is content.
func (s *Store) Write(ctx context.Context, key, kind string, body []byte, facts map[string]string) error {
	done, err := s.client.PutObject(ctx, &s3.PutObjectInput{
		Bucket: &s.place.Bucket, Key: &key, Body: bytes.NewReader(body), ContentType: &kind, Metadata: facts, IfNoneMatch: aws.String("*")})
	var answer *awshttp.ResponseError
	if there := errors.As(err, &answer) && answer.HTTPStatusCode() == http.StatusPreconditionFailed; err != nil && !there {
		return fmt.Errorf("write %s: %w", s.Name(key), err)
	}
	if err == nil && aws.ToString(done.ETag) == "" {
		return fmt.Errorf("write %s: the answer has no ETag: a proxy before the server?", s.Name(key))
	}
	kept, err := s.Read(ctx, key)
	if err == nil && !bytes.Equal(kept, body) {
		err = fmt.Errorf("%s is there already with other content, and nothing is overwritten", s.Name(key))
	}
	return err
}

// Name is an object's address, for people.
func (s *Store) Name(key string) string { return "s3://" + s.place.Bucket + "/" + key }
