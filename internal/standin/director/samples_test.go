package director_test

import (
	"time"

	"github.com/cloud-gov/platform-checklist/internal/standin/director"
)

// Samples is the fleet that was in a real director when its answers, and what
// the real CLI prints of them, were captured.
func Samples() director.Fleet {
	return director.Fleet{
		Name: "production-bosh", UUID: "d3b07384-d9a0-4c9b-8f4e-2c8a4e5a6f11",
		StemcellOS: "ubuntu-jammy", StemcellVersion: "1.1330",
		Uploads: []director.Upload{
			{ID: 6, CID: "ami-0a1b2c3d4e5f60006", Stemcell: director.JammyFIPS("1.1331")},
			{ID: 10, CID: "ami-0a1b2c3d4e5f6000a light", Stemcell: abroad(director.Jammy("1.1364"))},
			{ID: 1, CID: "ami-0a1b2c3d4e5f60001 light", Stemcell: director.Jammy("1.1364")},
			{ID: 2, CID: "ami-0a1b2c3d4e5f60002 light", Stemcell: director.Jammy("1.1330")},
			{ID: 3, CID: "ami-0a1b2c3d4e5f60003 light", Stemcell: director.Jammy("1.999")},
			{ID: 4, CID: "ami-0a1b2c3d4e5f60004 light", Stemcell: director.Noble("1.484")},
			{ID: 5, CID: "ami-0a1b2c3d4e5f60005 light", Stemcell: director.Noble("1.460")},
			{ID: 7, CID: "ami-0a1b2c3d4e5f60007 light", Stemcell: director.Xenial("621.125")},
			{ID: 8, CID: "ami-0a1b2c3d4e5f60008 light", Stemcell: director.Xenial("97.241")},
			{ID: 9, CID: "ami-0a1b2c3d4e5f60009 light", Stemcell: director.Windows2019("2019.102")},
		},
		Deployments: []director.Deployment{
			current(), empty(), legacy(), halfway(), ignored(), unwell(), owned(), abroadToo(),
		},
		Orphans: []director.Orphan{{
			AZ: "z1", CID: "i-orphan0000000001", Deployment: "logsearch", Instance: "elasticsearch_data/aa",
			Since: time.Date(2026, 8, 20, 1, 2, 3, 0, time.UTC),
		}},
		Locks: []director.Lock{{
			Type: "deployment", Resource: []string{"logsearch"}, Task: "42",
			Expires: time.Unix(1795505316, 297174000),
		}},
		Events: []director.Event{{
			Time: time.Unix(1787133900, 0), User: "ci", Action: "update", Task: "41",
			ObjectType: "deployment", ObjectName: "logsearch", Deployment: "logsearch",
			Error: "Timed out pinging to 5e3c after 600 seconds",
			Context: map[string]any{
				"before": map[string]any{"stemcells": []string{"bosh-aws-xen-hvm-ubuntu-jammy-go_agent/1.1330"}},
				"after": map[string]any{"stemcells": []string{
					"bosh-aws-xen-hvm-ubuntu-jammy-go_agent/1.1364", "bosh-aws-xen-hvm-ubuntu-jammy-go_agent/1.1330",
				}},
			},
		}},
	}
}

var (
	dns   = []director.Release{{Name: "bosh-dns", Version: "1.39.23"}}
	built = time.Date(2026, 8, 19, 10, 0, 0, 0, time.UTC)
)

func abroad(s director.Stemcell) director.Stemcell {
	s.CPI = "us-gov-west-1b"
	return s
}

func current() director.Deployment {
	fips, windows := director.JammyFIPS("1.1331"), director.Windows2019("2019.102")
	return director.Deployment{
		Name: "cf-production", Releases: dns, Stemcells: []director.Stemcell{fips, windows},
		Instances: []director.Instance{
			{
				Job: "windows2019-cell", Index: 2, AZ: "z1", ID: "0ae923c0-3d87-475c-b7e0-9564a3e1437b",
				VMs: []director.VM{{
					CID: "i-06c20b48281033453", AgentID: "dbe1139b-0413-417b-9eb9-e549ddd17f9f", IPs: []string{"10.9.1.12"},
					Created: built.Add(2 * time.Second), Stemcell: windows,
				}},
			},
			{
				Job: "api", Index: 0, AZ: "z1", ID: "afc419f6-43d3-4767-9cb9-8e1748596e2a",
				VMs: []director.VM{{
					CID: "i-036a06c2c5891aebf", AgentID: "da88a7e6-44b0-4f87-ac00-4b37fa0613bc", IPs: []string{"10.9.1.10"},
					Created: built, Stemcell: fips,
				}},
			},
			{
				Job: "diego-cell", Index: 1, AZ: "z2", ID: "453898b7-b570-4bbd-8022-38c9ce2604ee",
				VMs: []director.VM{{
					CID: "i-07a36f64759481917", AgentID: "8957e3c3-4853-4001-8090-769f5dac5cfc", IPs: []string{"10.9.1.11"},
					Created: built.Add(time.Second), Stemcell: fips,
				}},
			},
			{Job: "smoke-tests", Index: 3, AZ: "z2", ID: "b2921577-43cb-4a2f-900c-5d6be9894c43", Errand: true},
		},
	}
}

func empty() director.Deployment { return director.Deployment{Name: "empty"} }

func legacy() director.Deployment {
	return director.Deployment{
		Name: "legacy", Releases: dns,
		Stemcells: []director.Stemcell{director.Xenial("97.241"), director.Xenial("621.125")},
		Instances: []director.Instance{
			{
				Job: "db", Index: 1, AZ: "z2", ID: "fdc73507-957e-43e7-962d-b2e37e512108",
				VMs: []director.VM{{
					CID: "i-0a570e8c347e7c47c", AgentID: "74cfca12-dbbb-41da-a780-488d980cb1e2", IPs: []string{"10.9.7.11"},
					Created: time.Date(2019, 6, 1, 0, 0, 0, 0, time.UTC),
				}},
			},
			{
				Job: "web", Index: 0, AZ: "z1", ID: "5d49acb7-27ce-46be-8225-56f12e09a30f",
				VMs: []director.VM{{
					CID: "i-0af55deedc0928eab", AgentID: "94a06395-c6d4-40d4-a115-420b2f8b24c8", IPs: []string{"10.9.7.10"},
					Created: built, Stemcell: director.Xenial("621.125"),
				}},
			},
		},
	}
}

func halfway() director.Deployment {
	before, after := director.Jammy("1.1330"), director.Jammy("1.1364")
	return director.Deployment{
		Name: "logsearch", Releases: dns, Stemcells: []director.Stemcell{after, before},
		Instances: []director.Instance{
			{
				Job: "elasticsearch_data", Index: 0, AZ: "z1", ID: "6e8e7c14-35fc-4f3b-a330-042bc8dafa36",
				VMs: []director.VM{{
					CID: "i-07c5f0ac66702ee95", AgentID: "2befd7cd-b227-439d-8ccc-4f1d8836a675", IPs: []string{"10.9.2.10"},
					Created: built, Stemcell: after,
				}},
			},
			{
				Job: "ingestor", Index: 2, AZ: "z1", ID: "b64c69e8-dcb6-4fa5-8957-9504db4ce94b",
				VMs: []director.VM{{
					CID: "i-06b95f3a4645a36c7", AgentID: "0678e1d5-559e-4bdc-b833-f7b7798c4c6d", IPs: []string{"10.9.2.12"},
					Created: built.Add(2 * time.Second), Stemcell: before,
				}},
			},
			{
				Job: "elasticsearch_data", Index: 1, AZ: "z2", ID: "2cdb87d1-eaef-4564-b4e9-a91d1a40fcbe",
				VMs: []director.VM{{
					CID: "i-00a686b4f5f624031", AgentID: "d6e20c86-e8a2-4b6a-ae74-f15de6ea1105", IPs: []string{"10.9.2.11"},
					Created: built.Add(time.Second), Stemcell: before,
				}},
			},
		},
	}
}

func ignored() director.Deployment {
	return director.Deployment{
		Name: "nessus-manager-prod", Releases: dns, Stemcells: []director.Stemcell{director.Jammy("1.1364")},
		Instances: []director.Instance{{
			Job: "nessus-manager", Index: 0, AZ: "z1", ID: "55ba29e6-8f2b-4b52-bf9c-9085234d2075", Ignore: true,
			VMs: []director.VM{{
				CID: "i-0885b68e68cf06392", AgentID: "d7dfa12d-a874-4b8e-ad69-2a60225f70b7", IPs: []string{"10.9.3.10"},
				Created: time.Date(2025, 12, 8, 0, 0, 0, 0, time.UTC), Stemcell: director.Jammy("1.999"),
			}},
		}},
	}
}

func unwell() director.Deployment {
	noble := director.Noble("1.484")
	return director.Deployment{
		Name: "opensearch", Releases: dns, Stemcells: []director.Stemcell{noble},
		Instances: []director.Instance{
			{
				Job: "data", Index: 0, AZ: "z1", ID: "09c90d55-ab01-4f8e-9030-99f1eea1d5d3",
				VMs: []director.VM{{
					CID: "i-0481299ac6304b6fe", AgentID: "ff5240cd-3a0a-4eb4-ba1b-9c08f7e164d9", IPs: []string{"10.9.4.10"},
					Created: built, Stemcell: noble,
				}},
			},
			{
				Job: "data", Index: 1, AZ: "z2", ID: "b3362a5c-07f1-4f80-92e7-ecb0c02c092e",
				VMs: []director.VM{{
					CID: "i-002b55d6b125bfe5d", AgentID: "dead-b8e2b07f-ab05-4590-a90b-6aa02824459c", IPs: []string{"10.9.4.11"},
					Created: built.Add(time.Second), Stemcell: noble, JobState: director.Unresponsive,
				}},
			},
			{Job: "data", Index: 2, AZ: "z1", ID: "313d6eea-b4f0-4f87-9cef-3ab2b04e2f7e", State: "detached"},
		},
	}
}

func owned() director.Deployment {
	return director.Deployment{
		Name: "postfix", Teams: []string{"customer-squad"}, Releases: dns,
		Stemcells: []director.Stemcell{director.Noble("1.460")},
		Instances: []director.Instance{{
			Job: "postfix", Index: 0, AZ: "z1", ID: "becdd369-4d18-4387-b1ea-a0214b5b44e6",
			VMs: []director.VM{{
				CID: "i-05ac13beb649ecf61", AgentID: "5f7dfbf1-3d5e-4e6c-ab4c-90717a9ae07c", IPs: []string{"10.9.5.10"},
				Created: built, Stemcell: director.Noble("1.460"),
			}},
		}},
	}
}

func abroadToo() director.Deployment {
	jammy := director.Jammy("1.1364")
	return director.Deployment{
		Name: "prometheus-production", Releases: dns, Stemcells: []director.Stemcell{jammy, abroad(jammy)},
		Instances: []director.Instance{{
			Job: "prometheus", Index: 0, AZ: "z1", ID: "08b45e61-cf96-48b5-a20c-042c37142bb1",
			VMs: []director.VM{
				{
					CID: "i-0beacc3aa3dffe4f6", AgentID: "12b895b2-7996-42c5-a7f7-058546df9d90", IPs: []string{"10.9.6.10"},
					Created: built, Stemcell: jammy,
				},
				{
					CID: "i-0f494028545aea068", AgentID: "ae44ee66-cdc2-4c36-98fd-5bfbb710ee7c", Inactive: true,
					Created: time.Date(2026, 8, 20, 0, 0, 0, 0, time.UTC), Stemcell: jammy,
				},
			},
		}},
	}
}
