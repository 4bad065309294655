using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MoneroCloud.Core;
using MoneroCloud.Testing;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>A real folder with monitor.json, and an environment that holds only what a test sets.</summary>
internal sealed class MonitorFolder
{
    /// <summary>Two nodes, a line each.</summary>
    public const string Remote = """ "remote.cold": { "kind": "walletRpc", "probeUrl": "http://10.0.0.7:18082" } """;

    public const string OfAgent = """ "host-1.main": { "probeUrl": "https://10.0.0.5:18210" } """;

    public string Folder { get; } = TestRun.NewFolder("monitor");

    public string File => At("monitor.json");

    /// <summary>The whole environment.</summary>
    public ImmutableDictionary<string, string> Variables { get; set; } = ImmutableDictionary<string, string>.Empty.Add("PATH", "/usr/bin").Add("HOME", "/root");

    public string At(string name) => Path.Combine(Folder, name);

    public void Set(string variable, string value) => Variables = Variables.SetItem(variable, value);

    public MonitorConfigSource Source(bool named = false) => new(File, named, Variables);

    public MonitorConfigResult Read(string json)
    {
        System.IO.File.WriteAllText(File, json);
        return Source().Read();
    }

    public MonitorConfig Accept(string json) => Accepted(Read(json)).Config;

    public T AcceptNode<T>(string node)
        where T : ConfiguredNode => Assert.IsType<T>(Assert.Single(Accept(Nodes(node)).Nodes));

    /// <summary>What is wrong, without this folder's own path.</summary>
    public string[] Errors(string json) => Refused(Read(json));

    /// <summary>What is wrong with nodes of a file, a line each from line 2 on.</summary>
    public string[] NodeErrors(params string[] nodes) => Errors(Nodes(nodes));

    public string[] Warnings(string json) => [.. Accepted(Read(json)).Warnings.Select(Shown)];

    public string[] Refused(MonitorConfigResult result) => [.. Assert.IsType<MonitorConfigResult.Refused>(result).Errors.Select(Shown)];

    public MonitorConfigResult.Ok Accepted(MonitorConfigResult result) => result switch
    {
        MonitorConfigResult.Ok ok => ok,
        _ => throw new Xunit.Sdk.XunitException(string.Join('\n', Refused(result))),
    };

    public static string Nodes(params string[] nodes) => "{ \"nodes\": {\n" + string.Join(",\n", nodes) + "\n} }";

    public void WriteCertificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        System.IO.File.WriteAllText(At(name), certificate.ExportCertificatePem());
    }

    private string Shown(ConfigError error) => error.ToString().Replace(Folder + "/", "", StringComparison.Ordinal);
}
