package trail

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestJudgeChanges(t *testing.T) {
	const (
		head   = "change-outside-terraform high " + subject + "\n"
		onSG   = " does AuthorizeSecurityGroupIngress on sg-1, outside Terraform\n"
		worker = "i-17deadbeef1234567 (role concourse-worker)"
		chain  = "terraform: {chained: [{role: '" + deployer + "', session_pattern: 'aws-go-sdk-\\d{19}', source_cidrs: [96.127.9.0/24]}]}"
	)
	chained := with(change(), object{"userIdentity": with(session(deployer, "aws-go-sdk-1724421731000000000"), object{"sessionContext.ec2RoleDelivery": nil})})
	for _, c := range []struct {
		name   string
		record object
		policy string
		want   string
	}{
		{"Terraform", change(), "", ""},
		{"Terraform on an old instance", with(change(), object{"userIdentity": session(profile, "i-17deadbe")}), "", ""},
		{"Terraform by IPv6", with(change(), object{"sourceIPAddress": "2600:1f12::5"}), "", ""},
		{"Terraform by an IPv4 address as IPv6", with(change(), object{"sourceIPAddress": "::ffff:" + gov}), "", ""},

		{"session name that only begins so", with(change(), object{"userIdentity": session(profile, "i-17deadbeef1234567-jane")}), "",
			head + "i-17deadbeef1234567-jane (role concourse-worker)" + onSG + "- the session name i-17deadbeef1234567-jane is no instance ID"},
		{"IAM user with a long-term key, whatever the user agent", with(change(), object{"userIdentity": object{"type": "IAMUser", "userName": "i-17deadbeef1234567", "accessKeyId": "AKIAEXAMPLE"}}), "",
			head + "i-17deadbeef1234567" + onSG + "- the identity is of type IAMUser, no assumed role\n- the access key AKIAEXAMPLE does not start with ASIA"},
		{"no access key", with(change(), object{"userIdentity.accessKeyId": nil}), "",
			head + worker + onSG + `- the access key "" does not start with ASIA`},
		{"address that is nearly AWS's", with(change(), object{"sourceIPAddress": "96.127.128.1"}), "",
			head + worker + onSG + "- the source address 96.127.128.1 is outside AWS's published ranges of 2026-08-22"},
		{"the console's web front", with(change(), object{"sourceIPAddress": "AWS Internal"}), "",
			head + worker + onSG + `- the source "AWS Internal" is no IP address`},
		{"a service for somebody", with(change(), object{"sourceIPAddress": "cloudformation.amazonaws.com"}), "",
			head + worker + onSG + "- the source cloudformation.amazonaws.com is no IP address"},
		{"a service for itself", with(change(), object{"userIdentity": object{"type": "AWSService", "invokedBy": "elasticloadbalancing.amazonaws.com"}, "sourceIPAddress": "elasticloadbalancing.amazonaws.com"}), "",
			head + "elasticloadbalancing.amazonaws.com" + onSG + "- the identity is of type AWSService, no assumed role\n- the access key \"\" does not start with ASIA\n" +
				"- the source elasticloadbalancing.amazonaws.com is no IP address"},
		{"private address", with(change(), object{"sourceIPAddress": "10.9.9.9"}), "",
			head + worker + onSG + "- the source address 10.9.9.9 is outside AWS's published ranges of 2026-08-22"},
		{"public address behind somebody's endpoint", with(change(), object{"vpcEndpointId": "vpce-0bad"}), "terraform: {source_cidrs: [0.0.0.0/0]}",
			head + worker + onSG + "- it came through VPC endpoint vpce-0bad, which terraform.vpc_endpoints does not name"},
		{"own endpoint", with(change(), object{"vpcEndpointId": "vpce-0c0de", "sourceIPAddress": "10.9.9.9"}), "terraform: {vpc_endpoints: [vpce-0c0de]}", ""},

		{"own egress", with(change(), object{"sourceIPAddress": outside}), "terraform: {source_cidrs: [198.51.100.7]}", ""},
		{"AWS, but not own egress", change(), "terraform: {source_cidrs: [198.51.100.0/24]}",
			head + worker + onSG + "- the source address 96.127.9.9 is outside source_cidrs"},
		{"allowed role", change(), "terraform: {roles: ['arn:*:role/concourse-*']}", ""},
		{"another instance's role", change(), "terraform: {roles: ['" + deployer + "']}",
			head + worker + onSG + "- the role " + profile + " is none of terraform.roles"},
		{"no role at all", with(change(), object{"userIdentity.sessionContext.sessionIssuer": nil}), "terraform: {roles: ['" + deployer + "']}",
			head + "i-17deadbeef1234567" + onSG + "- the record names no role, and terraform.roles wants one"},
		{"key from the metadata service", change(), "terraform: {require_role_delivery: 2.0}", ""},
		{"key from the old metadata service", with(change(), object{"userIdentity.sessionContext.ec2RoleDelivery": "1.0"}), "terraform: {require_role_delivery: 2.0}",
			head + worker + onSG + "- ec2RoleDelivery is 1.0, not 2.0 as terraform.require_role_delivery wants"},
		{"key from elsewhere", with(change(), object{"userIdentity.sessionContext.ec2RoleDelivery": nil}), "terraform: {require_role_delivery: '1.0'}",
			head + worker + onSG + `- ec2RoleDelivery is "", not 1.0 as terraform.require_role_delivery wants`},

		{"chained role without a policy", chained, "",
			head + "aws-go-sdk-1724421731000000000 (role terraform)" + onSG + "- the session name aws-go-sdk-1724421731000000000 is no instance ID"},
		{"chained role", chained, chain, ""},
		{"instance beside a chained role", change(), chain, ""},
		{"chained role does not need the metadata service", chained, chain[:len(chain)-1] + ", require_role_delivery: '2.0'}", ""},
		{"person in the chained role", with(change(), object{"userIdentity": session(deployer, "aws-go-sdk-jane")}), chain,
			head + "aws-go-sdk-jane (role terraform)" + onSG + `- the session name aws-go-sdk-jane of the chained role terraform does not match aws-go-sdk-\d{19}`},
		{"chained role from elsewhere", with(chained, object{"sourceIPAddress": "96.127.8.9"}), chain,
			head + "aws-go-sdk-1724421731000000000 (role terraform)" + onSG + "- the source address 96.127.8.9 is outside source_cidrs"},
		{"chained role by a long-term key", with(chained, object{"userIdentity.accessKeyId": "AKIAEXAMPLE"}), chain,
			head + "aws-go-sdk-1724421731000000000 (role terraform)" + onSG + "- the access key AKIAEXAMPLE does not start with ASIA"},
		{"no chained role", with(change(), object{"userIdentity": session(profile, "aws-go-sdk-1724421731000000000")}), chain,
			head + "aws-go-sdk-1724421731000000000 (role concourse-worker)" + onSG + "- the session name aws-go-sdk-1724421731000000000 is no instance ID"},
		{"name that policy leaves out", with(change(), object{"userIdentity": object{"type": "Root"}}), "events: {terraform: [DeleteTrail]}", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, verdict(judge([]Event{parse(t, c.record)}, policy(t, c.policy), known(t), now)))
		})
	}
}

func TestConsoleLink(t *testing.T) {
	for region, link := range map[string]string{
		"us-gov-east-1":  "https://us-gov-east-1.console.amazonaws-us-gov.com/cloudtrailv2/home?region=us-gov-east-1#/events/" + uuid,
		"eu-west-1":      "https://eu-west-1.console.aws.amazon.com/cloudtrailv2/home?region=eu-west-1#/events/" + uuid,
		"cn-north-1":     "https://cn-north-1.console.amazonaws.cn/cloudtrailv2/home?region=cn-north-1#/events/" + uuid,
		"eusc-de-east-1": "https://eusc-de-east-1.console.amazonaws-eusc.eu/cloudtrailv2/home?region=eusc-de-east-1#/events/" + uuid,
		"us-iso-east-1":  "", "": "", "x.example/#": "",
	} {
		require.Equal(t, link, parse(t, with(login(), object{"awsRegion": region})).console(), region)
	}
}
