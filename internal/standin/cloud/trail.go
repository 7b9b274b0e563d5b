package cloud

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// trail is the event history of one account in one region, newest first.
type trail []listed

// listed is an event as LookupEvents answers it.
type listed struct {
	EventID         string `json:"EventId"`
	EventName       string
	ReadOnly        string `json:",omitempty"`
	AccessKeyID     string `json:"AccessKeyId,omitempty"`
	EventTime       int64  // Unix seconds
	EventSource     string
	Username        string `json:",omitempty"`
	Resources       []Resource
	CloudTrailEvent string

	arrives time.Time
	copy    int
}

// trails lists all events of all accounts where they belong.
func (w *World) trails() (map[place]trail, error) {
	trails := map[place]trail{}
	for i := range w.Accounts {
		if err := w.Accounts[i].list(trails); err != nil {
			return nil, fmt.Errorf("account %s: %w", w.Accounts[i].ID, err)
		}
	}
	for _, t := range trails {
		slices.SortFunc(t, newestFirst)
	}
	return trails, nil
}

func newestFirst(x, y listed) int {
	return cmp.Or(cmp.Compare(y.EventTime, x.EventTime), strings.Compare(x.EventID, y.EventID), cmp.Compare(x.copy, y.copy))
}

func (a *Account) list(trails map[place]trail) error {
	seen := map[string]bool{}
	for i := range a.Events {
		e := &a.Events[i]
		text, err := a.record(e)
		if err != nil {
			return err
		}
		r, err := parse(text)
		if err != nil {
			return fmt.Errorf("%w in %s", err, text)
		}
		if seen[r.EventID] {
			return fmt.Errorf("two events have the ID %s: give one of them an ID, or say Twice", r.EventID)
		}
		seen[r.EventID] = true
		at := place{a.ID, cmp.Or(e.Region, r.AWSRegion, a.Regions[0])}
		if !a.enabled(at.Region) {
			return fmt.Errorf("event %s is in %s, which is not enabled", r.EventName, at.Region)
		}
		if r.managed() {
			trails[at] = append(trails[at], r.listed(e, text)...)
		}
	}
	return nil
}

// written is what the history reads out of a record, which may be one that
// nobody but a test would write.
type written struct {
	EventID, EventName, EventSource, EventTime, AWSRegion, EventCategory string

	ReadOnly, ManagementEvent any // a string in some exports
	UserIdentity              struct{ Type, PrincipalID, UserName, AccessKeyID string }

	at time.Time
}

func parse(text []byte) (written, error) {
	var r written
	err := json.Unmarshal(text, &r)
	if err == nil {
		r.at, err = time.Parse(time.RFC3339, r.EventTime)
	}
	if err == nil && r.EventID == "" {
		err = fmt.Errorf("no eventID")
	}
	return r, err
}

// managed says whether the event history has the event: data and Insights
// events are not in it.
func (r *written) managed() bool {
	return fmt.Sprint(r.ManagementEvent) != "false" && (r.EventCategory == "" || r.EventCategory == "Management")
}

func (r *written) listed(e *Event, text []byte) []listed {
	entry := listed{
		EventID:         r.EventID,
		EventName:       r.EventName,
		EventSource:     r.EventSource,
		EventTime:       r.at.Unix(),
		AccessKeyID:     r.UserIdentity.AccessKeyID,
		Username:        r.username(),
		Resources:       append([]Resource{}, e.Resources...),
		CloudTrailEvent: string(text),
		arrives:         orTime(e.Arrives, r.at),
	}
	if r.ReadOnly != nil {
		entry.ReadOnly = fmt.Sprint(r.ReadOnly)
	}
	copies := make([]listed, e.Copies+1)
	for i := range copies {
		entry.copy = i
		copies[i] = entry
	}
	return copies
}

// username is what the listing calls whoever did it: a role's session goes by
// the name that its caller chose.
func (r *written) username() string {
	switch r.UserIdentity.Type {
	case "Root":
		return "root"
	case "AssumedRole", "FederatedUser":
		_, session, _ := strings.Cut(r.UserIdentity.PrincipalID, ":")
		return session
	default:
		return r.UserIdentity.UserName
	}
}
