package account

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
	"github.com/aws/aws-sdk-go-v2/aws/ratelimit"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/smithy-go/logging"
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
		config.WithRetryer(func() aws.Retryer { return retry.NewStandard(p.patient) }),
		config.WithLogger(logging.Nop{}), // what matters comes as an error; the log may quote requests
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
func (p Parameters) patient(o *retry.StandardOptions) {
	o.MaxAttempts = cmp.Or(p.Tries, tries)
	o.RateLimiter = ratelimit.None
}

// whole reads every answer to its end within the try, so that one which breaks off is tried again. It
// bounds them, and refuses an empty one, which the SDK takes for an empty list.
func whole(stack *middleware.Stack) error {
	return stack.Deserialize.Add(middleware.DeserializeMiddlewareFunc("whole",
		func(ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler) (
			out middleware.DeserializeOutput, metadata middleware.Metadata, err error) {
			out, metadata, err = next.HandleDeserialize(ctx, in)
			if response, ok := out.RawResponse.(*smithyhttp.Response); ok && err == nil {
				err = readAll(response)
			}
			return out, metadata, err
		}), middleware.After)
}

func readAll(response *smithyhttp.Response) error {
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
	response.Body.Close()
	response.Body = io.NopCloser(bytes.NewReader(body))
	switch {
	case err != nil:
		return &smithyhttp.RequestSendError{Err: fmt.Errorf("the answer broke off after %d bytes: %w", len(body), err)}
	case len(body) > maxAnswer:
		return fmt.Errorf("the answer is larger than %d bytes", maxAnswer)
	case len(body) == 0 && response.StatusCode == http.StatusOK:
		return errors.New("the answer is empty")
	}
	return nil
}
