package director

// Jammy is a stemcell of Ubuntu 22.04 for AWS.
func Jammy(version string) Stemcell { return aws("ubuntu-jammy-go_agent", version) }

// JammyFIPS is its FIPS line, with version numbers of its own.
func JammyFIPS(version string) Stemcell { return aws("ubuntu-jammy-fips-go_agent", version) }

// Noble is a stemcell of Ubuntu 24.04, from which on names have no -go_agent.
func Noble(version string) Stemcell { return aws("ubuntu-noble", version) }

// Xenial is a stemcell of Ubuntu 16.04, which ended in 2021.
func Xenial(version string) Stemcell { return aws("ubuntu-xenial-go_agent", version) }

// Windows2019 is a stemcell of Windows Server 2019.
func Windows2019(version string) Stemcell { return aws("windows2019-go_agent", version) }

func aws(line, version string) Stemcell {
	return Stemcell{Name: "bosh-aws-xen-hvm-" + line, Version: version}
}
