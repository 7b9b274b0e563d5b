package nessus

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"time"
)

// Text is a run as a .nessus v2 export.
func Text(name string, run Run) []byte {
	var b bytes.Buffer
	b.WriteString(`<?xml version="1.0" ?>` + "\n<NessusClientData_v2>\n<Policy><policyName>Advanced Scan</policyName></Policy>\n")
	fmt.Fprintf(&b, `<Report name="%s" xmlns:cm="http://www.nessus.org/cm">`+"\n", escape(name))
	for _, h := range run.Hosts {
		h.write(&b, run)
	}
	b.WriteString("</Report>\n</NessusClientData_v2>\n")
	return b.Bytes()
}

func (h Host) write(b *bytes.Buffer, run Run) {
	fmt.Fprintf(b, `<ReportHost name="%s"><HostProperties>`+"\n", escape(h.Name))
	tags := [][2]string{
		{"HOST_START", run.Started.UTC().Format(time.ANSIC)}, {"HOST_END", run.Ended.UTC().Format(time.ANSIC)},
		{"HOST_END_TIMESTAMP", fmt.Sprint(run.Ended.Unix())}, {"host-ip", h.Name}, {"host-fqdn", h.FQDN},
	}
	if h.Login != "" {
		tags = append(tags, [2]string{"Credentialed_Scan", fmt.Sprint(h.Login == "yes")})
	}
	for _, t := range tags {
		fmt.Fprintf(b, `<tag name="%s">%s</tag>`+"\n", t[0], escape(t[1]))
	}
	b.WriteString("</HostProperties>\n")
	if !run.Plugins.IsZero() {
		Item{Plugin: "19506", Name: "Nessus Scan Information", Family: "Settings", Output: "Information about this scan :\n\nNessus version : 10.8.3\n" +
			"Plugin feed version : " + pluginSet(run.Plugins) + "\nCredentialed checks : " + h.Login + "\n"}.write(b)
	}
	for _, i := range h.Items {
		i.write(b)
	}
	b.WriteString("</ReportHost>\n")
}

func (i Item) write(b *bytes.Buffer) {
	if i.Plugin == "" {
		b.WriteString("<ReportItem>\n")
	} else {
		fmt.Fprintf(b, `<ReportItem port="%d" svc_name="general" protocol="tcp" severity="%d" pluginID="%s" pluginName="%s" pluginFamily="%s">`+"\n",
			i.Port, i.Severity, i.Plugin, escape(i.Name), escape(i.Family))
	}
	element := func(name, text string) {
		if text != "" {
			fmt.Fprintf(b, "<%s>%s</%s>\n", name, escape(text), name)
		}
	}
	for _, cve := range i.CVEs {
		element("cve", cve)
	}
	element("patch_publication_date", i.Patched)
	element("plugin_output", i.Output)
	element("cm:compliance-check-name", i.Check)
	element("cm:compliance-audit-file", i.Audit)
	element("cm:compliance-check-id", i.CheckID)
	element("cm:compliance-reference", i.Reference)
	element("cm:compliance-policy-value", i.Wanted)
	element("cm:compliance-actual-value", i.Actual)
	element("cm:compliance-result", i.Result)
	b.WriteString("</ReportItem>\n")
}

func escape(text string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(text))
	return b.String()
}

// Catalogue is CISA's catalogue with these CVEs and their due dates among 1,400 others.
func Catalogue(released time.Time, exploited map[string]string) []byte {
	var rows []map[string]string
	add := func(cve, due string) {
		rows = append(rows, map[string]string{"cveID": cve, "vendorProject": "Vendor", "product": "Product", "dateAdded": "2021-11-03", "dueDate": due, "knownRansomwareCampaignUse": "Unknown"})
	}
	for cve, due := range exploited {
		add(cve, due)
	}
	for n := range 1400 {
		add(fmt.Sprintf("CVE-2004-%05d", 90000+n), "2022-05-03")
	}
	text, err := json.Marshal(map[string]any{
		"title": "CISA Catalog of Known Exploited Vulnerabilities", "catalogVersion": released.UTC().Format("2006.01.02"),
		"dateReleased": released.UTC().Format("2006-01-02T15:04:05.0000Z"), "count": len(rows), "vulnerabilities": rows,
	})
	if err != nil {
		panic(err)
	}
	return text
}
