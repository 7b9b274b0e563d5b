package director

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// A director says of some of its JSON that it is HTML.
const (
	typeHTML = "text/html;charset=utf-8"
	typeJSON = "application/json"
)

// response is what an endpoint wants said.
type response struct {
	status      int
	contentType string
	header      [2]string // one more header, name and value
	body        []byte
}

// answer is a value as JSON, under the content type that its endpoint uses.
func answer(contentType string, value any) response {
	return response{status: http.StatusOK, contentType: contentType, body: encode(value)}
}

// text is an answer that is no JSON.
func text(status int, body string) response {
	return response{status: status, contentType: typeHTML, body: []byte(body)}
}

// complaint is a director's error.
func complaint(status, code int, description string) response {
	return response{status: status, contentType: typeHTML, body: encode(struct {
		Code        int    `json:"code"`
		Description string `json:"description"`
	}{code, description})}
}

// missing is the refusal for want of a scope: 401, not 403.
func missing(scopes []string) response {
	return complaint(http.StatusUnauthorized, 600000, "Require one of the scopes: "+strings.Join(scopes, ", "))
}

func (a response) send(w http.ResponseWriter) {
	w.Header().Set("Content-Type", a.contentType)
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if a.contentType == typeHTML {
		w.Header()["X-XSS-Protection"] = []string{"1; mode=block"} // spelt as a director does
		w.Header().Set("X-Frame-Options", "SAMEORIGIN")
	}
	if a.header[0] != "" {
		w.Header().Set(a.header[0], a.header[1])
	}
	if a.status != http.StatusNoContent {
		w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body)
}

// encode writes JSON as Ruby does: on one line, < and & as they are.
func encode(value any) []byte {
	var line bytes.Buffer
	encoder := json.NewEncoder(&line)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(fmt.Sprintf("encode %T: %v", value, err)) // only a Context with a channel or a function can do this
	}
	return bytes.TrimSuffix(line.Bytes(), []byte("\n"))
}
