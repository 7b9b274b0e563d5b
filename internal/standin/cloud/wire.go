package cloud

import (
	"net/http"
	"strings"
)

// wire is how a service is spoken to and answers.
type wire struct {
	operations map[string]operation
	failures   failures
	read       func(http.Header, []byte) (operation string, p params, err error)
	write      func(w http.ResponseWriter, operation string, result any)
	fail       func(http.ResponseWriter, error)
}

// operation answers a request of its service.
type operation struct {
	params []string // those of a Query that it understands; any other is refused
	do     func(*Server, *request) (any, error)
}

// services by the name that requests are signed for.
var services = map[string]wire{
	"iam":        query("2010-05-08", "https://iam.amazonaws.com/doc/2010-05-08/", iamOperations),
	"sts":        query("2011-06-15", "https://sts.amazonaws.com/doc/2011-06-15/", stsOperations),
	"ec2":        ec2Query("2016-11-15", ec2Operations),
	"cloudtrail": json11("com.amazonaws.cloudtrail.v20131101", "CloudTrail_20131101", cloudtrailOperations),
}

// unsigned is how a request is answered that does not say which service it is for.
func unsigned(header http.Header) wire {
	if strings.HasPrefix(header.Get("Content-Type"), "application/x-amz-json") {
		return services["cloudtrail"]
	}
	return services["iam"]
}
