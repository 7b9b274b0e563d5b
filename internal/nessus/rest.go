package nessus

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Listed is a scan as the list of all tells it.
type Listed struct {
	ID       int64
	Name     string
	Disabled bool // it has a schedule, which is turned off
}

// Details are one run's: hosts alone, since the list of weaknesses names neither hosts nor CVEs.
type Details struct {
	Status string
	Hosts  int
	Runs   []Run
}

// parse reads an answer. A page of HTML, as a login is one, comes with status 200, too.
func parse(body []byte, into any) error {
	trimmed := bytes.TrimSpace(body)
	switch {
	case len(trimmed) == 0:
		return errors.New("the answer is empty")
	case trimmed[0] == '<':
		return errors.New("the answer is a page of HTML, a login perhaps, and no JSON")
	}
	if err := json.Unmarshal(trimmed, into); err != nil {
		return fmt.Errorf("the answer is no JSON of Nessus: %w", report.Misread(err))
	}
	return nil
}

// ParseStatus reads GET /server/status, and is an error unless Nessus is ready.
func ParseStatus(body []byte) error {
	var answer struct {
		Status   string   `json:"status"`
		Progress *float64 `json:"progress"`
	}
	if err := parse(body, &answer); err != nil {
		return err
	}
	switch {
	case answer.Status == "":
		return errors.New("the answer has no status")
	case answer.Status == "ready":
		return nil
	case answer.Progress != nil:
		return fmt.Errorf("Nessus is not ready: %s, %.0f %%", answer.Status, *answer.Progress)
	}
	return fmt.Errorf("Nessus is not ready: %s", answer.Status)
}

// ParseProperties reads GET /server/properties.
func ParseProperties(body []byte) (*Server, error) {
	var answer struct {
		Version string `json:"server_version"`
		Plugins string `json:"loaded_plugin_set"`
		Expires int64  `json:"expiration"`
		License struct {
			Expires int64 `json:"expiration_date"`
		} `json:"license"`
	}
	if err := parse(body, &answer); err != nil {
		return nil, err
	}
	s := &Server{Version: answer.Version, Expires: unix(answer.Expires)}
	if ends := unix(answer.License.Expires); s.Expires.IsZero() || !ends.IsZero() && ends.Before(s.Expires) {
		s.Expires = ends
	}
	var err error
	if s.Plugins, err = ParsePluginSet(answer.Plugins); err != nil {
		return nil, fmt.Errorf("the answer does not say when the plugins were made: loaded_plugin_set is %.40q", answer.Plugins)
	}
	if s.Expires.IsZero() {
		return nil, errors.New("the answer does not say when the licence ends")
	}
	return s, nil
}

// ParseScans reads GET /scans. The key scans is null where the keys' owner may see none.
func ParseScans(body []byte) ([]Listed, error) {
	var answer struct {
		Scans *[]struct {
			ID      int64  `json:"id"`
			Name    string `json:"name"`
			Enabled bool   `json:"enabled"`
			Rules   string `json:"rrules"`
		} `json:"scans"`
		Timestamp int64 `json:"timestamp"`
	}
	if err := parse(body, &answer); err != nil {
		return nil, err
	}
	if answer.Timestamp == 0 {
		return nil, errors.New("the answer is no list of scans")
	}
	if answer.Scans == nil || len(*answer.Scans) == 0 {
		return nil, errors.New("the list of scans is empty")
	}
	var scans []Listed
	for _, s := range *answer.Scans {
		if s.ID <= 0 || s.Name == "" {
			return nil, fmt.Errorf("the list has a scan %d with the name %.80q", s.ID, s.Name)
		}
		scans = append(scans, Listed{s.ID, s.Name, s.Rules != "" && !s.Enabled})
	}
	return scans, nil
}

// ParseDetails reads GET /scans/ID, with or without history_id.
func ParseDetails(body []byte) (*Details, error) {
	var answer struct {
		Info *struct {
			Status string `json:"status"`
			Hosts  int    `json:"hostcount"` // null in some versions
		} `json:"info"`
		Hosts   []json.RawMessage `json:"hosts"`
		History []struct {
			ID       int64  `json:"history_id"`
			Status   string `json:"status"`
			Created  int64  `json:"creation_date"`
			Modified int64  `json:"last_modification_date"`
		} `json:"history"`
	}
	if err := parse(body, &answer); err != nil {
		return nil, err
	}
	if answer.Info == nil || answer.Info.Status == "" {
		return nil, errors.New("the answer has no status of the scan")
	}
	d := &Details{Status: answer.Info.Status, Hosts: max(answer.Info.Hosts, len(answer.Hosts))}
	for _, h := range answer.History {
		if h.ID <= 0 || h.Status == "" {
			return nil, fmt.Errorf("the history has a run %d with the status %.40q", h.ID, h.Status)
		}
		d.Runs = append(d.Runs, Run{h.ID, h.Status, unix(h.Created), unix(h.Modified)})
	}
	return d, nil
}

// ParseExport reads how a started export is asked for: by a token since Nessus 6.8, by a number before.
func ParseExport(body []byte) (token string, file int64, err error) {
	var answer struct {
		Token string `json:"token"`
		File  int64  `json:"file"`
	}
	if err := parse(body, &answer); err != nil {
		return "", 0, err
	}
	if answer.Token == "" && answer.File <= 0 {
		return "", 0, errors.New("the answer has neither a token nor a file")
	}
	return answer.Token, answer.File, nil
}

// ParseExportStatus tells whether an export is ready.
func ParseExportStatus(body []byte) (ready bool, err error) {
	var answer struct {
		Status string `json:"status"`
		Error  string `json:"error"`
	}
	if err := parse(body, &answer); err != nil {
		return false, err
	}
	switch answer.Status {
	case "ready":
		return true, nil
	case "loading", "processing", "running", "queued":
		return false, nil
	}
	return false, fmt.Errorf("Nessus could not make the export: its status is %.40q %.200s", answer.Status, answer.Error)
}

// unix is a time in seconds since 1970; 0 is none.
func unix(seconds int64) time.Time {
	if seconds <= 0 {
		return time.Time{}
	}
	return time.Unix(seconds, 0).UTC()
}
