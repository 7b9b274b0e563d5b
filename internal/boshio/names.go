package boshio

// names are stemcells that bosh.io knew in August 2026, to suggest one for a name that it does not
// know. There is no call that lists them.
var names = []string{
	"bosh-aws-xen-hvm-centos-7-go_agent",
	"bosh-aws-xen-hvm-ubuntu-bionic-go_agent",
	"bosh-aws-xen-hvm-ubuntu-jammy-fips-go_agent",
	"bosh-aws-xen-hvm-ubuntu-jammy-go_agent",
	"bosh-aws-xen-hvm-ubuntu-noble",
	"bosh-aws-xen-hvm-ubuntu-resolute",
	"bosh-aws-xen-hvm-ubuntu-trusty-go_agent",
	"bosh-aws-xen-hvm-ubuntu-xenial-go_agent",
	"bosh-aws-xen-hvm-windows2019-go_agent",
	"bosh-google-kvm-ubuntu-jammy-fips-go_agent",
	"bosh-vsphere-esxi-ubuntu-jammy-go_agent",
	"bosh-vsphere-esxi-ubuntu-noble",
	"bosh-vsphere-esxi-ubuntu-resolute",
	"bosh-warden-boshlite-ubuntu-jammy-go_agent",
	"bosh-warden-boshlite-ubuntu-noble",
	"bosh-warden-boshlite-ubuntu-resolute",
}
