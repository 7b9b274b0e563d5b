package cloud

import (
	"encoding/json"
	"net/http"
	"strings"
)

// json11 is the AWS JSON 1.1 protocol. A header names the operation: the SDK for
// Go writes the service before it, the CLI also the service's Java package.
// https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
func json11(javaPackage, service string, operations map[string]operation) wire {
	return wire{
		operations: operations,
		failures:   jsonFailures,
		read: func(header http.Header, _ []byte) (string, params, error) {
			target := strings.TrimPrefix(header.Get("X-Amz-Target"), javaPackage+".")
			op, ok := strings.CutPrefix(target, service+".")
			if !ok {
				return "", nil, refuse(http.StatusBadRequest, "UnknownOperationException", "no operation %q", target)
			}
			return op, nil, nil
		},
		write: func(w http.ResponseWriter, _ string, result any) { writeJSON(w, http.StatusOK, result) },
		fail: func(w http.ResponseWriter, err error) {
			p := asProblem(err)
			writeJSON(w, p.status, map[string]string{"__type": p.code, "message": p.message})
		},
	}
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	w.Header().Set("X-Amzn-Requestid", requestID())
	w.WriteHeader(status)
	_, _ = w.Write(body)
}
