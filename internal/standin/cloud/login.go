package cloud

import (
	"time"
)

// Addresses of nobody, reserved for examples by RFC 5737.
const (
	Office  = "198.51.100.20"
	Outside = "203.0.113.77"
)

const (
	browserAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
	cliAgent     = "aws-cli/2.17.0 md/prompt#off ua/2.0 os/linux md/arch#x86_64 lang/python#3.11"
)

// ConsoleLogin is somebody signing in to the web console, from the office.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html
func ConsoleLogin(who Identity, at time.Time) Event {
	additional := map[string]string{
		"MobileVersion": "No",
		"MFAUsed":       "No", // as it always is for a role or a federated user
	}
	switch who.Type {
	case "IAMUser", "Root":
		additional["MFAUsed"] = map[bool]string{true: "Yes", false: "No"}[who.MFA]
	case "IdentityCenterUser":
		additional["UserName"] = who.Name
	}
	return Event{
		Name: "ConsoleLogin", Source: "signin.amazonaws.com", Time: at, By: who, kind: consoleSignIn,
		IP: Office, Agent: browserAgent,
		Response: map[string]string{"ConsoleLogin": "Success"}, Additional: additional,
	}
}

// FailedLogin is somebody with a wrong password, or with a name that is not.
func FailedLogin(who Identity, at time.Time) Event {
	e := ConsoleLogin(who, at)
	e.Response = map[string]string{"ConsoleLogin": "Failure"}
	e.ErrorMessage = "Failed authentication"
	if who == Nobody() {
		e.ErrorMessage = "No username found in supplied account"
	}
	return e
}
