package cloud

import (
	"encoding/xml"
	"net/http"
	"net/url"
	"slices"
)

// query is the AWS Query protocol: a form goes in, XML comes out.
// https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
func query(version, namespace string, operations map[string]operation) wire {
	return wire{
		operations: operations,
		failures:   queryFailures,
		read:       readForm(version),
		write: func(w http.ResponseWriter, op string, result any) {
			writeXML(w, http.StatusOK, queryResponse{
				XMLName: xml.Name{Local: op + "Response", Space: namespace},
				Result:  named{op + "Result", result},
				ID:      requestID(),
			})
		},
		fail: func(w http.ResponseWriter, err error) {
			p := asProblem(err)
			side := "Sender"
			if p.status >= http.StatusInternalServerError {
				side = "Receiver"
			}
			answer := queryError{XMLName: xml.Name{Local: "ErrorResponse", Space: namespace}, ID: requestID()}
			answer.Error.Type, answer.Error.Code, answer.Error.Message = side, p.code, p.message
			writeXML(w, p.status, answer)
		},
	}
}

type queryResponse struct {
	XMLName xml.Name
	Result  named
	ID      string `xml:"ResponseMetadata>RequestId"`
}

type queryError struct {
	XMLName xml.Name
	Error   struct{ Type, Code, Message string }
	ID      string `xml:"RequestId"`
}

// ec2Query is EC2's own variant of the Query protocol.
// https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html
func ec2Query(version string, operations map[string]operation) wire {
	namespace := "http://ec2.amazonaws.com/doc/" + version + "/"
	return wire{
		operations: operations,
		failures:   ec2Failures,
		read:       readForm(version),
		write: func(w http.ResponseWriter, op string, result any) {
			writeXML(w, http.StatusOK, ec2Response{
				XMLName: xml.Name{Local: op + "Response", Space: namespace},
				ID:      requestID(),
				Result:  result,
			})
		},
		fail: func(w http.ResponseWriter, err error) {
			p := asProblem(err)
			answer := ec2Error{XMLName: xml.Name{Local: "Response"}, ID: requestID()}
			answer.Error.Code, answer.Error.Message = p.code, p.message
			writeXML(w, p.status, answer)
		},
	}
}

type ec2Response struct {
	XMLName xml.Name
	ID      string `xml:"requestId"`
	Result  any
}

type ec2Error struct {
	XMLName xml.Name
	Error   struct{ Code, Message string } `xml:"Errors>Error"`
	ID      string                         `xml:"RequestID"`
}

// named is an element whose name is known only at run time.
type named struct {
	name  string
	value any
}

func (n named) MarshalXML(e *xml.Encoder, _ xml.StartElement) error {
	if n.value == nil {
		n.value = struct{}{}
	}
	return e.EncodeElement(n.value, xml.StartElement{Name: xml.Name{Local: n.name}})
}

// list is a list in the answer, whose element is there even when it is empty:
// the AWS CLI leaves out what it does not find.
type list[T any] struct {
	Members []T `xml:"member"`
}

// readForm reads the operation and its parameters, each of which is given once.
func readForm(version string) func(http.Header, []byte) (string, params, error) {
	return func(_ http.Header, body []byte) (string, params, error) {
		form, err := url.ParseQuery(string(body))
		if err != nil {
			return "", nil, refuse(http.StatusBadRequest, "MalformedQueryString", "%v", err)
		}
		op, p := form.Get("Action"), params{}
		if op == "" {
			return "", nil, refuse(http.StatusBadRequest, "MissingAction", "the request has no Action")
		}
		if form.Get("Version") != version {
			return op, nil, refuse(http.StatusBadRequest, "InvalidAction", "Could not find operation %s for version %s", op, form.Get("Version"))
		}
		for name, values := range form {
			if len(values) > 1 {
				return op, nil, invalid("%s is given %d times", name, len(values))
			}
			if !slices.Contains([]string{"Action", "Version"}, name) {
				p[name] = values[0]
			}
		}
		return op, p, nil
	}
}

func writeXML(w http.ResponseWriter, status int, v any) {
	body, err := xml.Marshal(v)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/xml")
	w.Header().Set("X-Amzn-Requestid", requestID())
	w.WriteHeader(status)
	_, _ = w.Write(append([]byte(xml.Header), body...))
}
