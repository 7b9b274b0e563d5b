package trail

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"regexp"
	"time"

	"github.com/cloud-gov/platform-checklist/internal/report"
)

// Event is a CloudTrail record, as far as the checklist asks about it.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
type Event struct {
	Version      string          `json:"eventVersion"`
	ID           string          `json:"eventID"`
	Name         string          `json:"eventName"`
	Source       string          `json:"eventSource"` // the service: "iam.amazonaws.com"
	At           string          `json:"eventTime"`
	Region       string          `json:"awsRegion"`
	Account      string          `json:"recipientAccountId"`
	Identity     Identity        `json:"userIdentity"`
	Address      string          `json:"sourceIPAddress"` // may be a service's name
	VPCEndpoint  string          `json:"vpcEndpointId"`
	Agent        string          `json:"userAgent"` // the caller chooses it
	ErrorCode    string          `json:"errorCode"`
	ErrorMessage string          `json:"errorMessage"`
	Request      json.RawMessage `json:"requestParameters"`
	Response     json.RawMessage `json:"responseElements"`
	Additional   json.RawMessage `json:"additionalEventData"`

	Time time.Time `json:"-"` // zero when the record has none that can be read
	odd  []string  // what the record lacks, or has in a form that it should not
	name string    // stands for an ID that cannot be used
}

// Parse reads one record. A record that lacks something is an event all the same, and the judgement
// says what it lacks; an error means that this is no record at all.
func Parse(record []byte) (Event, error) {
	var e Event
	if err := json.Unmarshal(record, &e); err != nil {
		return e, fmt.Errorf("parse CloudTrail record: %w", report.Misread(err))
	}
	if e.Name == "" {
		return e, fmt.Errorf("parse CloudTrail record: it has no eventName")
	}
	if t, err := time.Parse(eventTime, e.At); err == nil {
		e.Time = t
	}
	e.examine()
	if !eventID.MatchString(e.ID) {
		e.name = fmt.Sprintf("record-%x", sha256.Sum256(record))[:len("record-")+16]
	}
	return e, nil
}

// When is the time of a record, zero when it has none that can be read.
func When(record []byte) time.Time {
	var e struct {
		At string `json:"eventTime"`
	}
	_ = json.Unmarshal(record, &e)
	t, _ := time.Parse(eventTime, e.At)
	return t
}

// eventTime is how CloudTrail writes times: in UTC, without fractions.
const eventTime = "2006-01-02T15:04:05Z"

// Texts that become part of a subject or an address must be what they claim to be.
var (
	eventID   = regexp.MustCompile(`^[0-9A-Za-z-]{1,64}$`)
	accountID = regexp.MustCompile(`^[0-9]{12}$`)
	region    = regexp.MustCompile(`^[a-z]{2,5}(-[a-z]+)+-[0-9]{1,2}$`)
)

// examine notes what every record has and this one has not.
func (e *Event) examine() {
	for _, field := range []struct {
		name, value string
		right       bool
	}{
		{"eventID", e.ID, eventID.MatchString(e.ID)},
		{"eventTime", e.At, !e.Time.IsZero()},
		{"eventSource", e.Source, e.Source != ""},
		{"awsRegion", e.Region, region.MatchString(e.Region)},
		{"recipientAccountId", e.Account, accountID.MatchString(e.Account)},
		{"sourceIPAddress", e.Address, e.Address != ""},
	} {
		switch {
		case field.right:
		case field.value == "":
			e.odd = append(e.odd, field.name+" is missing")
		default:
			e.odd = append(e.odd, fmt.Sprintf("%s is %s", field.name, word(field.value)))
		}
	}
}

// Subject is "<account>/<event ID>", unique for an event: the same action seen by two accounts has
// two IDs.
func (e Event) Subject() string {
	account, id := e.Account, e.ID
	if !accountID.MatchString(account) {
		account = "unknown-account"
	}
	if e.name != "" {
		id = e.name
	}
	return account + "/" + id
}

// outcome tells whether what was asked was done.
type outcome int

const (
	succeeded outcome = iota
	failed
	unrecorded
)

func (e Event) outcome(login bool) outcome {
	if e.ErrorCode != "" || e.ErrorMessage != "" {
		return failed
	}
	if !login {
		return succeeded
	}
	switch text(fields(e.Response)[e.Name]) {
	case "Success":
		return succeeded
	case "Failure":
		return failed
	}
	return unrecorded
}

// fields are those of a JSON object, none if it is no object: some exports write "null" as a text.
func fields(object json.RawMessage) (all map[string]json.RawMessage) {
	_ = json.Unmarshal(object, &all)
	return all
}

// text is a JSON text, "" if it is none.
func text(value json.RawMessage) (text string) {
	_ = json.Unmarshal(value, &text)
	return text
}
