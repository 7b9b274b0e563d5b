package account

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Gap says what could not be read, why in AWS's own words, and what to do about it.
func Gap(subject, doing string, err error) report.Gap {
	return report.Gap{Subject: subject, Reason: fmt.Sprintf("%s: %s", doing, said(err)), Action: remedy(err)}
}

// Code is AWS's code for the error, empty when AWS did not answer.
func Code(err error) string {
	if answer, is := errors.AsType[smithy.APIError](err); is {
		return answer.ErrorCode()
	}
	return ""
}

// longest bounds AWS's words, in characters.
const longest = 400

// said leaves out the SDK's wrapping, and addresses and headers with it.
func said(err error) string {
	if answer, is := errors.AsType[smithy.APIError](err); is {
		return answer.ErrorCode() + ": " + message(answer)
	}
	if garbled, is := errors.AsType[*smithy.DeserializationError](err); is {
		return "the answer is not what AWS answers: " + garbled.Err.Error()
	}
	if operation, is := errors.AsType[*smithy.OperationError](err); is {
		err = operation.Err
	}
	if response, is := errors.AsType[*smithyhttp.ResponseError](err); is {
		err = response.Err
	}
	return fetch.Scrub(err).Error()
}

// message is AWS's own, but for the one that repeats the whole request with its session token.
func message(answer smithy.APIError) string {
	if answer.ErrorCode() == "SignatureDoesNotMatch" {
		return "the secret does not fit the access key"
	}
	words := []rune(answer.ErrorMessage())
	if len(words) > longest {
		return string(words[:longest]) + " ..."
	}
	return string(words)
}

// remedies are what to do, by AWS's error codes.
// https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html and EC2's own.
var remedies = []struct {
	codes  []string
	action string
}{
	{[]string{"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"},
		"Allow it in the IAM policy of the credentials that this box uses; the box's page in docs lists what it needs."},
	{[]string{"ExpiredToken", "ExpiredTokenException", "RequestExpired"},
		"Renew the credentials: the session behind AWS_SESSION_TOKEN has ended."},
	{[]string{"InvalidClientTokenId", "UnrecognizedClientException", "AuthFailure", "SignatureDoesNotMatch"},
		"Replace AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY: AWS does not take them."},
}

func remedy(err error) string {
	code := Code(err)
	for _, r := range remedies {
		if slices.Contains(r.codes, code) {
			return r.action
		}
	}
	if _, throttled := retry.DefaultThrottleErrorCodes[code]; throttled {
		return "Run it again in some minutes: others use up the same quota of this account."
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return "Run it again, or raise TIMEOUT."
	}
	return "Run it again; if it stays so, look at the credentials, the network and https://health.aws.amazon.com."
}
