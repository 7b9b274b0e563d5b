package cloud

import (
	"encoding/json"
	"fmt"
	"time"
)

// record is a CloudTrail record, in the order in which CloudTrail writes it.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
type record struct {
	EventVersion        string       `json:"eventVersion"`
	UserIdentity        userIdentity `json:"userIdentity"`
	EventTime           string       `json:"eventTime"`
	EventSource         string       `json:"eventSource"`
	EventName           string       `json:"eventName"`
	AWSRegion           string       `json:"awsRegion"`
	SourceIPAddress     string       `json:"sourceIPAddress"`
	UserAgent           string       `json:"userAgent"`
	ErrorCode           string       `json:"errorCode,omitempty"`
	ErrorMessage        string       `json:"errorMessage,omitempty"`
	RequestParameters   any          `json:"requestParameters"`
	ResponseElements    any          `json:"responseElements"`
	AdditionalEventData any          `json:"additionalEventData,omitempty"`
	RequestID           string       `json:"requestID,omitempty"`
	EventID             string       `json:"eventID"`
	ReadOnly            bool         `json:"readOnly"`
	EventType           string       `json:"eventType"`
	ManagementEvent     bool         `json:"managementEvent"`
	RecipientAccountID  string       `json:"recipientAccountId"`
	VPCEndpointID       string       `json:"vpcEndpointId,omitempty"`
	EventCategory       string       `json:"eventCategory"`
	TLSDetails          *tlsDetails  `json:"tlsDetails,omitempty"`
}

type tlsDetails struct {
	TLSVersion  string `json:"tlsVersion"`
	CipherSuite string `json:"cipherSuite"`
	Host        string `json:"clientProvidedHostHeader"`
}

const eventVersion = "1.11"

// Records are the account's events as its trail would deliver them to S3, each
// once, in the order of the world.
func (a Account) Records() ([]json.RawMessage, error) {
	w := World{Accounts: []Account{a}}.clone()
	if err := w.complete(time.Now()); err != nil {
		return nil, err
	}
	var records []json.RawMessage
	for i := range a.Events {
		text, err := w.Accounts[0].record(&a.Events[i])
		if err != nil {
			return nil, err
		}
		records = append(records, text)
	}
	return records, nil
}

// record writes an event down.
func (a *Account) record(e *Event) (json.RawMessage, error) {
	text := []byte(e.Record)
	if e.Record == "" {
		var err error
		if text, err = json.Marshal(a.fields(e)); err != nil {
			return nil, fmt.Errorf("record %s of %s: %w", e.Name, a.ID, err)
		}
	}
	text, err := apply(text, e.edits)
	if err != nil {
		return nil, fmt.Errorf("record %s of %s: %w", e.Name, a.ID, err)
	}
	return text, nil
}

func (a *Account) fields(e *Event) record {
	login := e.kind == consoleSignIn
	r := record{
		EventVersion:        eventVersion,
		UserIdentity:        e.By.record(a, e.Time, login),
		EventTime:           stamp(e.Time),
		EventSource:         e.Source,
		EventName:           e.Name,
		AWSRegion:           a.regionOf(e),
		SourceIPAddress:     e.IP,
		UserAgent:           e.Agent,
		ErrorCode:           e.ErrorCode,
		ErrorMessage:        e.ErrorMessage,
		RequestParameters:   e.Request,
		ResponseElements:    e.Response,
		AdditionalEventData: e.Additional,
		EventID:             e.ID,
		ReadOnly:            e.ReadOnly,
		EventType:           apiCall,
		ManagementEvent:     true,
		RecipientAccountID:  a.ID,
		VPCEndpointID:       e.VPCEndpoint,
		EventCategory:       "Management",
	}
	if r.EventID == "" {
		r.EventID = deriveUUID("event", a.ID, r.AWSRegion, r.EventTime, r.EventName, e.By.Type, e.By.Role, e.By.Name, e.IP)
	}
	if login {
		r.EventType = consoleSignIn
		r.TLSDetails = &tlsDetails{"TLSv1.3", "TLS_AES_128_GCM_SHA256", partitions[a.Partition].signin}
		return r
	}
	r.RequestID = deriveUUID("request", r.EventID)
	r.TLSDetails = &tlsDetails{"TLSv1.3", "TLS_AES_128_GCM_SHA256", e.Source}
	return r
}

const (
	apiCall       = "AwsApiCall"
	consoleSignIn = "AwsConsoleSignIn"
)

// regionOf is where an event is recorded: those of IAM and STS's global endpoint
// in one region of the partition.
func (a *Account) regionOf(e *Event) string {
	switch {
	case e.Region != "":
		return e.Region
	case e.Source == "iam.amazonaws.com":
		return partitions[a.Partition].global
	default:
		return a.Regions[0]
	}
}
