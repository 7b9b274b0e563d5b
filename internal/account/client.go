package account

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/ratelimit"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

const (
	tries     = 10               // the SDK's own 3 lose calls as soon as AWS throttles
	tryTime   = 30 * time.Second // for one try with its whole answer
	maxAnswer = 64 << 20         // bytes; a credential report of 5,000 users is about 4 MB
)

// config is the SDK's configuration: what the parameters say first, then where the SDK always looks.
func (p Parameters) config(ctx context.Context) (aws.Config, error) {
	options := []func(*config.LoadOptions) error{
		config.WithRegion(p.AWSRegion),
		config.WithHTTPClient(awshttp.NewBuildableClient().WithTimeout(tryTime)),
		config.WithRetryer(func() aws.Retryer { return retry.NewStandard(patient) }),
		config.WithAPIOptions([]func(*middleware.Stack) error{whole}),
	}
	if !p.AWSAccessKeyID.IsZero() {
		options = append(options, config.WithCredentialsProvider(credentials.NewStaticCredentialsProvider(
			p.AWSAccessKeyID.Reveal(), p.AWSSecretAccessKey.Reveal(), p.AWSSessionToken.Reveal())))
	}
	if p.AWSUseFIPSEndpoint {
		options = append(options, config.WithUseFIPSEndpoint(aws.FIPSEndpointStateEnabled))
	}
	if p.AWSEndpointURL != "" {
		options = append(options, config.WithBaseEndpoint(p.AWSEndpointURL))
	}
	return config.LoadDefaultConfig(ctx, options...)
}

// patient leaves out the SDK's retry quota, which thousands of small calls use up under throttling;
// the tries and the context's deadline bound every call all the same.
func patient(o *retry.StandardOptions) {
	o.MaxAttempts = tries
	o.RateLimiter = ratelimit.None
}

// whole bounds every answer, and refuses an empty one, which the SDK takes for an empty list.
func whole(stack *middleware.Stack) error {
	return stack.Deserialize.Add(middleware.DeserializeMiddlewareFunc("whole",
		func(ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler) (
			out middleware.DeserializeOutput, metadata middleware.Metadata, err error) {
			out, metadata, err = next.HandleDeserialize(ctx, in)
			if response, ok := out.RawResponse.(*smithyhttp.Response); ok && err == nil {
				err = bound(response)
			}
			return out, metadata, err
		}), middleware.After)
}

func bound(response *smithyhttp.Response) error {
	body := bufio.NewReader(http.MaxBytesReader(nil, response.Body, maxAnswer))
	if _, err := body.Peek(1); errors.Is(err, io.EOF) && response.StatusCode == http.StatusOK {
		response.Body.Close()
		return errors.New("the answer is empty")
	}
	response.Body = struct {
		io.Reader
		io.Closer
	}{body, response.Body}
	return nil
}
