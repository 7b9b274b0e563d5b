package account

import "regexp"

var (
	accountID = regexp.MustCompile(`^\d{12}$`)
	roleARN   = regexp.MustCompile(`^arn:aws[a-z-]*:iam::(\d{12}):role/[\w+=,.@/-]+$`)
	region    = regexp.MustCompile(`^[a-z]{2,5}(-[a-z]+)+-\d{1,2}$`)
)

// IsID tells whether a text has the form of an account's ID.
func IsID(text string) bool { return accountID.MatchString(text) }

// IsRegion tells whether a text has the form of a region's name, such as us-gov-west-1.
func IsRegion(text string) bool { return region.MatchString(text) }

// OfRole is the account that a role's ARN is of, "" for what has not its form.
func OfRole(arn string) string {
	if match := roleARN.FindStringSubmatch(arn); match != nil {
		return match[1]
	}
	return ""
}
