package cloud

import (
	"bytes"
	"encoding/json"
	"math"
	"net/http"
	"slices"
	"time"
)

const (
	mostResults  = 50
	longestValue = 2000
	history      = 90 * 24 * time.Hour
)

// lookup is what a request of LookupEvents asks, and where.
// https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
type lookup struct {
	At                 place `json:"-"`
	LookupAttributes   []lookupAttribute
	StartTime, EndTime *float64 // Unix seconds, both inclusive
	EventCategory      string
	MaxResults         int
	NextToken          *string
}

type lookupAttribute struct{ AttributeKey, AttributeValue string }

// attributes are the keys that one can look up by, each with what it is held to.
var attributes = map[string]func(listed) []string{
	"EventId":      func(e listed) []string { return []string{e.EventID} },
	"EventName":    func(e listed) []string { return []string{e.EventName} },
	"EventSource":  func(e listed) []string { return []string{e.EventSource} },
	"ReadOnly":     func(e listed) []string { return []string{e.ReadOnly} },
	"Username":     func(e listed) []string { return []string{e.Username} },
	"AccessKeyId":  func(e listed) []string { return []string{e.AccessKeyID} },
	"ResourceType": func(e listed) []string { return resources(e, func(r Resource) string { return r.ResourceType }) },
	"ResourceName": func(e listed) []string { return resources(e, func(r Resource) string { return r.ResourceName }) },
}

func resources(e listed, what func(Resource) string) []string {
	var values []string
	for _, r := range e.Resources {
		values = append(values, what(r))
	}
	return values
}

// matches says whether the event is in the history by now and is asked for.
func (l lookup) matches(e listed, now time.Time) bool {
	happened := float64(e.EventTime)
	switch {
	case now.Before(e.arrives), now.Sub(time.Unix(e.EventTime, 0)) > history:
		return false
	case l.StartTime != nil && happened < *l.StartTime, l.EndTime != nil && happened > *l.EndTime:
		return false
	case l.EventCategory != "":
		return false // Insights events, of which there are none
	}
	for _, a := range l.LookupAttributes {
		if !slices.Contains(attributes[a.AttributeKey](e), a.AttributeValue) {
			return false
		}
	}
	return true
}

func readLookup(at place, body []byte) (lookup, error) {
	ask := lookup{At: at, MaxResults: mostResults}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&ask); err != nil {
		return ask, refuse(http.StatusBadRequest, "SerializationException", "%v", err)
	}
	return ask, ask.check()
}

// bound is what a token holds for: the same request at the same place.
func (l lookup) bound() string {
	l.NextToken = nil
	text, err := json.Marshal(l)
	if err != nil {
		panic(err) // it came out of JSON
	}
	return l.At.Account + " " + l.At.Region + " " + string(text)
}

func (l lookup) check() error {
	bad := func(code, format string, args ...any) error {
		return refuse(http.StatusBadRequest, code, format, args...)
	}
	if l.MaxResults < 1 || l.MaxResults > mostResults {
		return bad("InvalidMaxResultsException", "MaxResults must be between 1 and %d, not %d.", mostResults, l.MaxResults)
	}
	if len(l.LookupAttributes) > 1 {
		return bad("InvalidLookupAttributesException", "Only one lookup attribute can be given, not %d.", len(l.LookupAttributes))
	}
	for _, a := range l.LookupAttributes {
		if attributes[a.AttributeKey] == nil || a.AttributeValue == "" || len(a.AttributeValue) > longestValue {
			return bad("InvalidLookupAttributesException", "Invalid lookup attribute %s.", a.AttributeKey)
		}
	}
	if l.StartTime != nil && l.EndTime != nil && *l.StartTime > *l.EndTime || odd(l.StartTime) || odd(l.EndTime) {
		return bad("InvalidTimeRangeException", "The start time is after the end time, or one of them is not a possible time.")
	}
	if l.EventCategory != "" && l.EventCategory != "insight" {
		return bad("InvalidEventCategoryException", "Invalid event category %s.", l.EventCategory)
	}
	return nil
}

// odd is a time that AWS cannot mean.
func odd(t *float64) bool { return t != nil && (*t < 0 || *t > math.MaxInt32) }
