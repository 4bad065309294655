using MoneroCloud.Agent;
using MoneroCloud.Testing;

namespace MoneroCloud.Tests;

/// <summary>A program in a folder of PATH that stands in for <c>azd</c>: it keeps its values as azd prints them, and each call.</summary>
internal sealed class AzdStandIn
{
    private const string Program = """
        #!/bin/sh
        printf '%s|%s|%s\n' "$PWD" "${MONEROCLOUD_KEY:-no key}" "$*" >>"$STAND_IN/calls"
        case "$1 $2" in
          'env get-values') if [ -e "$STAND_IN/refuse" ]; then cat "$STAND_IN/refuse" >&2; exit 1; fi; cat "$STAND_IN/values" ;;
          'env set')
            [ ! -e "$STAND_IN/deaf" ] || exit 0
            grep -v "^$3=" "$STAND_IN/values" >"$STAND_IN/new"
            printf '%s="%s"\n' "$3" "$4" >>"$STAND_IN/new"
            mv "$STAND_IN/new" "$STAND_IN/values" ;;
          *) exit 64 ;;
        esac
        """;

    private readonly string _folder = TestRun.NewFolder("azd");

    /// <param name="values">As <c>azd env get-values</c> prints them, a line each.</param>
    public AzdStandIn(params string[] values)
    {
        Put("azd", Program);
        File.SetUnixFileMode(At("azd"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.WriteAllLines(At("values"), values);
    }

    public string Folder => _folder;

    /// <summary>Every call: the folder, the key if it saw one, and what it was told.</summary>
    public string[] Calls => File.Exists(At("calls")) ? File.ReadAllLines(At("calls")) : [];

    public string[] Values => File.ReadAllLines(At("values"));

    public HostFacts Host => HostFacts.Read() with
    {
        Variables = HostFacts.Read().Variables.SetItem("PATH", $"{_folder}:/usr/bin:/bin").SetItem("STAND_IN", _folder).SetItem("MONEROCLOUD_KEY", CommandRun.Key),
    };

    public void Put(string name, string text) => File.WriteAllText(At(name), text);

    private string At(string name) => Path.Combine(_folder, name);
}
