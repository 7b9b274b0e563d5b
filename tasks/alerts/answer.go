package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/cloud-gov/platform-checklist/internal/fetch"
	"github.com/cloud-gov/platform-checklist/internal/report"
)

// whole reads an API's answer to its end and holds that it is JSON, whatever its header says: what the libraries say of
// any other names their own types.
func whole(r *http.Request, response *http.Response) error {
	if !strings.Contains(r.URL.Path, "/api/") {
		return nil
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	asked := r.Method + " " + r.URL.Scheme + "://" + r.URL.Host
	if err != nil {
		return fmt.Errorf("%s: the answer broke off after %d bytes: %w", asked, len(body), fetch.Scrub(err))
	}
	if text := bytes.TrimSpace(body); len(text) > 0 && !json.Valid(text) {
		return fmt.Errorf("%s: the answer is no JSON, it begins with %.20q", asked, text)
	}
	response.Header.Set("Content-Type", "application/json")
	response.Body = io.NopCloser(bytes.NewReader(body))
	return nil
}

// misread words what the clients' libraries say of JSON that is not as they want it.
func misread(err error) error {
	if _, is := errors.AsType[*json.UnmarshalTypeError](err); is {
		return fmt.Errorf("the answer is not what Alertmanager says: %w", report.Misread(err))
	}
	if strings.Contains(err.Error(), "error found in #") { // of jsoniter, which has no type for it
		return errors.New("the answer is not what Prometheus says")
	}
	return err
}
