package cloud

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// problem is an error as AWS answers it.
type problem struct {
	status  int
	code    string
	message string
}

func (p *problem) Error() string { return p.code + ": " + p.message }

func refuse(status int, code, format string, args ...any) error {
	return &problem{status, code, fmt.Sprintf(format, args...)}
}

// asProblem is the error to send: one that is not AWS's is the stand-in's fault.
func asProblem(err error) *problem {
	if p, ok := errors.AsType[*problem](err); ok {
		return p
	}
	return &problem{http.StatusInternalServerError, "InternalFailure", err.Error()}
}

// failures are one service's words for what can befall any request.
type failures map[Failure]problem

// of words a failure for this request, whose caller and operation it may name.
func (f failures) of(kind Failure, r *request) error {
	p, ok := f[kind]
	if !ok {
		return fmt.Errorf("the world asks for a failure %q that does not exist", kind)
	}
	p.message = strings.NewReplacer("CALLER", r.caller.arn, "ACTION", r.name()).Replace(p.message)
	return &p
}

// queryFailures are those of IAM and STS.
// https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
var queryFailures = failures{
	absent:    {400, "InvalidAction", "the stand-in has no operation ACTION"},
	missing:   {403, "MissingAuthenticationToken", "Request is missing Authentication Token"},
	unknown:   {403, "InvalidClientTokenId", "The security token included in the request is invalid."},
	Expired:   {403, "ExpiredToken", "The security token included in the request is expired"},
	Denied:    {403, "AccessDenied", "User: CALLER is not authorized to perform: ACTION because no identity-based policy allows the ACTION action"},
	Throttled: {400, "Throttling", "Rate exceeded"},
	Internal:  {500, "ServiceFailure", "The request processing has failed because of an unknown error."},
}

// ec2Failures are EC2's.
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
var ec2Failures = failures{
	absent:    {400, "InvalidAction", "the stand-in has no operation ACTION"},
	unknown:   {401, "AuthFailure", "AWS was not able to validate the provided access credentials"},
	Expired:   {400, "RequestExpired", "Request has expired."},
	Denied:    {403, "UnauthorizedOperation", "You are not authorized to perform this operation. User: CALLER is not authorized to perform: ACTION"},
	Throttled: {503, "RequestLimitExceeded", "Request limit exceeded."},
	Internal:  {500, "InternalError", "An internal error has occurred"},
}

// jsonFailures are those of the services that speak JSON 1.1, CloudTrail among them.
// https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/CommonErrors.html
var jsonFailures = failures{
	absent:    {400, "UnknownOperationException", "the stand-in has no operation ACTION"},
	missing:   {400, "MissingAuthenticationTokenException", "Missing Authentication Token"},
	unknown:   {400, "UnrecognizedClientException", "The security token included in the request is invalid."},
	Expired:   {400, "ExpiredTokenException", "The security token included in the request is expired"},
	Denied:    {400, "AccessDeniedException", "User: CALLER is not authorized to perform: ACTION because no identity-based policy allows the ACTION action"},
	Throttled: {400, "ThrottlingException", "Rate exceeded"},
	Internal:  {500, "InternalFailure", "The request processing has failed because of an unknown error."},
}
