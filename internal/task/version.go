package task

import "runtime/debug"

// version is the module's version as the build recorded it: a tag, a pseudo-version, or (devel).
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		return info.Main.Version
	}
	return "(devel)"
}
