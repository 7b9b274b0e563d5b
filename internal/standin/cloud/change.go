package cloud

import (
	"strconv"
	"strings"
	"time"
)

// Where the platform's Terraform runs, in Morning and wherever else: an instance
// with a role of its own, behind an EC2 address of AWS GovCloud (US-West).
// 96.127.0.0/17 is AWS's own example of a published range.
// https://docs.aws.amazon.com/vpc/latest/userguide/aws-ip-syntax.html
const (
	TerraformRole     = "terraform"
	TerraformInstance = "i-17deadbeef1234567"
	TerraformAddress  = "96.127.12.34"
	DeployRole        = "terraform-deploy" // what Terraform assumes from there
)

const terraformAgent = "APN/1.0 HashiCorp/1.0 Terraform/1.9.8 (+https://www.terraform.io) terraform-provider-aws/5.80.0 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.32.5"

// ChangeNames are the events that the checklist reserves to Terraform.
// https://github.com/18F/cg-site/blob/master/content/docs/ops/maintenance-list.md
func ChangeNames() []string {
	return []string{
		"DeleteTrail", "UpdateTrail", "ModifyVpcAttribute", "PutUserPolicy", "PutRolePolicy",
		"RevokeSecurityGroupEgress", "RevokeSecurityGroupIngress",
		"AuthorizeSecurityGroupEgress", "AuthorizeSecurityGroupIngress",
		"CreatePolicy", "CreateSecurityGroup",
	}
}

// Terraform is a change by Terraform on its instance.
func Terraform(name string, at time.Time) Event {
	return Change(name, Instance(TerraformRole, TerraformInstance), at).From(TerraformAddress).With(terraformAgent)
}

// Chained is a change by Terraform in a role that it assumed from its instance,
// under the session name that the AWS SDK for Go invents: the time in
// nanoseconds.
func Chained(name string, at time.Time) Event {
	session := "aws-go-sdk-" + strconv.FormatInt(at.Add(-sessionAge).UnixNano(), 10)
	return Change(name, RoleSession(DeployRole, session), at).From(TerraformAddress).With(terraformAgent)
}

// Change is one of the checklist's changes, by anybody. It panics if the name
// is not one of ChangeNames.
func Change(name string, by Identity, at time.Time) Event {
	e := Write("", name, by, at)
	switch name {
	case "DeleteTrail", "UpdateTrail":
		e.trail()
	case "ModifyVpcAttribute":
		e.vpcAttribute()
	case "PutUserPolicy", "PutRolePolicy", "CreatePolicy":
		e.policy()
	case "CreateSecurityGroup":
		e.securityGroup()
	case "AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress", "RevokeSecurityGroupIngress", "RevokeSecurityGroupEgress":
		e.securityGroupRule()
	default:
		panic("cloud: Change has no " + name + ", only " + strings.Join(ChangeNames(), ", "))
	}
	return e
}

type object = map[string]any

const (
	trailName = "platform-trail"
	vpcID     = "vpc-0a1b2c3d4e5f60718"
	groupID   = "sg-0f1e2d3c4b5a69788"
	document  = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}`
)

func (e *Event) trail() {
	e.Source = "cloudtrail.amazonaws.com"
	e.Request = object{"name": trailName}
	e.Resources = []Resource{{"AWS::CloudTrail::Trail", trailName}}
}

func (e *Event) vpcAttribute() {
	e.Source = "ec2.amazonaws.com"
	e.Request = object{"vpcId": vpcID, "enableDnsHostnames": object{"value": true}}
	e.Response = object{"_return": true}
	e.Resources = []Resource{{"AWS::EC2::VPC", vpcID}}
}

func (e *Event) policy() {
	e.Source = "iam.amazonaws.com"
	switch e.Name {
	case "PutUserPolicy":
		e.Request = object{"userName": "s3-broker", "policyName": "read-buildpacks", "policyDocument": document}
		e.Resources = []Resource{{"AWS::IAM::User", "s3-broker"}, {"AWS::IAM::Policy", "read-buildpacks"}}
	case "PutRolePolicy":
		e.Request = object{"roleName": "bosh-director", "policyName": "read-blobs", "policyDocument": document}
		e.Resources = []Resource{{"AWS::IAM::Role", "bosh-director"}, {"AWS::IAM::Policy", "read-blobs"}}
	default:
		e.Request = object{"policyName": "read-backups", "path": "/", "policyDocument": document}
		e.Response = object{"policy": object{"policyName": "read-backups", "path": "/", "defaultVersionId": "v1"}}
		e.Resources = []Resource{{"AWS::IAM::Policy", "read-backups"}}
	}
}

func (e *Event) securityGroup() {
	e.Source = "ec2.amazonaws.com"
	e.Request = object{"groupName": "router", "groupDescription": "routers of the platform", "vpcId": vpcID}
	e.Response = object{"_return": true, "groupId": groupID}
	e.Resources = []Resource{{"AWS::EC2::SecurityGroup", groupID}, {"AWS::EC2::VPC", vpcID}}
}

func (e *Event) securityGroupRule() {
	rule := object{
		"ipProtocol": "tcp", "fromPort": 443, "toPort": 443, "groups": object{}, "prefixListIds": object{}, "ipv6Ranges": object{},
		"ipRanges": object{"items": []object{{"cidrIp": "0.0.0.0/0"}}},
	}
	e.Source = "ec2.amazonaws.com"
	e.Request = object{"groupId": groupID, "ipPermissions": object{"items": []object{rule}}}
	e.Response = object{"_return": true}
	e.Resources = []Resource{{"AWS::EC2::SecurityGroup", groupID}}
}
