package cloud

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// Event is one thing that happened, as CloudTrail records and lists it. The
// functions that make one (ConsoleLogin, Terraform, Change, Read) fill in what
// such an event has; the methods say what was different about this one.
type Event struct {
	Name   string // "ConsoleLogin"
	Source string // "signin.amazonaws.com"
	Time   time.Time
	Region string // default: the account's first; for IAM where IAM is recorded
	By     Identity
	IP     string // sourceIPAddress
	Agent  string // userAgent

	Request, Response, Additional any // JSON; nil is null, or left out for Additional
	ErrorCode, ErrorMessage       string
	ReadOnly                      bool
	Resources                     []Resource
	VPCEndpoint                   string
	ID                            string // default: derived from the above

	Arrives time.Time // when it can be looked up; default: at once
	Copies  int       // so many times more the listing has it

	// Record is the whole record, to plant one that nothing above can make.
	Record string

	kind  string // eventType; default AwsApiCall
	edits []edit
}

// Resource is what an event touched, by its type and name.
type Resource struct{ ResourceType, ResourceName string }

// Write is any management event that changes something, from the office.
func Write(source, name string, by Identity, at time.Time) Event {
	return Event{Name: name, Source: source, Time: at, By: by, IP: Office, Agent: cliAgent}
}

// Read is any management event that changes nothing: the noise of a history.
func Read(source, name string, by Identity, at time.Time) Event {
	e := Write(source, name, by, at)
	e.ReadOnly = true
	return e
}

// From sets where the request came from: an address, or a service's name.
func (e Event) From(ip string) Event { e.IP = ip; return e }

// Through sets the VPC endpoint that the request came through, and the private
// address that it came from.
func (e Event) Through(endpoint, ip string) Event { e.VPCEndpoint, e.IP = endpoint, ip; return e }

// In sets the region.
func (e Event) In(region string) Event { e.Region = region; return e }

// With sets the user agent.
func (e Event) With(agent string) Event { e.Agent = agent; return e }

// Failed says that the request was refused.
func (e Event) Failed(code, message string) Event {
	e.ErrorCode, e.ErrorMessage, e.Response = code, message, nil
	return e
}

// Late says how long after it happened the event can be looked up.
func (e Event) Late(by time.Duration) Event { e.Arrives = e.Time.Add(by); return e }

// Twice says that the listing has the event twice.
func (e Event) Twice() Event { e.Copies++; return e }

// Set changes one field of the finished record by its path, such as
// "userIdentity.type"; nil removes it.
func (e Event) Set(path string, value any) Event {
	e.edits = append(e.edits[:len(e.edits):len(e.edits)], edit{path, value})
	return e
}

type edit struct {
	path  string
	value any
}

// apply makes the edits to a record.
func apply(record []byte, edits []edit) ([]byte, error) {
	if len(edits) == 0 {
		return record, nil
	}
	var whole map[string]any
	if err := json.Unmarshal(record, &whole); err != nil {
		return nil, err
	}
	for _, e := range edits {
		at, path := whole, strings.Split(e.path, ".")
		for _, step := range path[:len(path)-1] {
			next, ok := at[step].(map[string]any)
			if !ok {
				return nil, fmt.Errorf("set %s: %s is not an object", e.path, step)
			}
			at = next
		}
		if last := path[len(path)-1]; e.value == nil {
			delete(at, last)
		} else {
			at[last] = e.value
		}
	}
	return json.Marshal(whole)
}
