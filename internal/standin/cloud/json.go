package cloud

import (
	"encoding/json"
	"net/http"
	"strings"
)

// json11 is the AWS JSON 1.1 protocol. The operation is in a header, behind a
// prefix that some clients write with the service's Java package in front.
// https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
func json11(target string, operations map[string]operation) wire {
	return wire{
		operations: operations,
		failures:   jsonFailures,
		read: func(header http.Header, body []byte) (string, params, error) {
			prefix, op, ok := cutLast(header.Get("X-Amz-Target"))
			if !ok || !(prefix == target || strings.HasSuffix(prefix, "."+target)) {
				return op, nil, refuse(http.StatusBadRequest, "UnknownOperationException", "no operation %q", header.Get("X-Amz-Target"))
			}
			fields := map[string]json.RawMessage{}
			if err := json.Unmarshal(body, &fields); err != nil {
				return op, nil, refuse(http.StatusBadRequest, "SerializationException", "%v", err)
			}
			p := params{}
			for name, value := range fields {
				if string(value) != "null" {
					p[name] = string(value)
				}
			}
			return op, p, nil
		},
		write: func(w http.ResponseWriter, _ string, result any) { writeJSON(w, http.StatusOK, result) },
		fail: func(w http.ResponseWriter, err error) {
			p := asProblem(err)
			writeJSON(w, p.status, map[string]string{"__type": p.code, "message": p.message})
		},
	}
}

func cutLast(target string) (prefix, operation string, ok bool) {
	i := strings.LastIndex(target, ".")
	if i < 0 {
		return "", target, false
	}
	return target[:i], target[i+1:], true
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
