package scene

import (
	"time"

	"github.com/cloud-gov/platform-checklist/internal/standin/advisories"
	"github.com/cloud-gov/platform-checklist/internal/standin/director"
)

// renewal names a newest stemcell for each line of the stand-in, which knows those of August 2026:
// played later, its lines would have fallen silent.
var renewal = map[director.Stemcell]string{
	director.Jammy("1.1364"):         "1.1400",
	director.JammyFIPS("1.1331"):     "1.1366",
	director.Noble("1.484"):          "1.520",
	director.Windows2019("2019.102"): "2019.106",
}

// publish puts them out some days ago.
func (s *Scene) publish(now time.Time) {
	for stemcell, version := range renewal {
		s.BoshIO.Publish(stemcell.Name, version, now.AddDate(0, 0, -6))
	}
}

// morning is the fleet of a red morning, with the releases that an advisory concerns.
func morning() director.Fleet { return withReleases(renewed(director.Morning())) }

// mended is the fleet after somebody did what the reports ask for.
func mended() director.Fleet {
	f := withReleases(renewed(director.Upgraded()))
	advisories.Upgrade(&f, advisories.UAAFixed)
	return f
}

// withReleases gives cf the releases of the advisories' own fleet.
func withReleases(f director.Fleet) director.Fleet {
	for _, d := range advisories.Fleet().Deployments {
		for i := range f.Deployments {
			if d.Name == "cf" && f.Deployments[i].Name == "cf" {
				f.Deployments[i].Releases = d.Releases
			}
		}
	}
	return f
}

// renewed runs them where the fleet ran those of August.
func renewed(f director.Fleet) director.Fleet {
	renew := func(s *director.Stemcell) {
		if version, known := renewal[*s]; known {
			s.Version = version
		}
	}
	own := director.Jammy(f.StemcellVersion)
	renew(&own)
	f.StemcellVersion = own.Version
	for i := range f.Uploads {
		renew(&f.Uploads[i].Stemcell)
	}
	for _, d := range f.Deployments {
		for i := range d.Stemcells {
			renew(&d.Stemcells[i])
		}
		for _, instance := range d.Instances {
			for i := range instance.VMs {
				renew(&instance.VMs[i].Stemcell)
			}
		}
	}
	return f
}
