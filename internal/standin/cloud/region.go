package cloud

import "slices"

// partition is one of AWS's separate clouds.
type partition struct {
	global  string   // the region that IAM records its events in
	signin  string   // the host that people sign in at
	regions []string // those that need no opt-in
	optIn   []string
}

// Names and partitions as in botocore's partitions.json and endpoints.json.
var partitions = map[string]partition{
	"aws": {
		global: "us-east-1",
		signin: "signin.aws.amazon.com",
		regions: []string{
			"us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "sa-east-1",
			"eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2", "eu-west-3",
			"ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-southeast-1", "ap-southeast-2",
		},
		optIn: []string{
			"af-south-1", "ap-east-1", "ap-south-2", "ap-southeast-3", "ap-southeast-4", "eu-central-2",
			"eu-south-1", "eu-south-2", "me-central-1", "me-south-1",
		},
	},
	"aws-us-gov": {
		global:  "us-gov-west-1",
		signin:  "signin.amazonaws-us-gov.com",
		regions: []string{"us-gov-west-1", "us-gov-east-1"},
	},
}

func (p partition) has(region string) bool {
	return slices.Contains(p.regions, region) || slices.Contains(p.optIn, region)
}

// enabled says whether the account's keys hold in a region. Nobody can disable
// the one that IAM and STS answer from.
func (a *Account) enabled(region string) bool {
	return slices.Contains(a.Regions, region) || region == partitions[a.Partition].global
}

// optInStatus is what DescribeRegions says about a region of an account.
func (a *Account) optInStatus(region string) string {
	switch {
	case slices.Contains(partitions[a.Partition].regions, region):
		return "opt-in-not-required"
	case slices.Contains(a.Regions, region):
		return "opted-in"
	default:
		return "not-opted-in"
	}
}
