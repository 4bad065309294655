using System.Text.Json;
using System.Text.Json.Nodes;

namespace MoneroCloud.Testing;

/// <summary>A real mail server, Debian's python3-aiosmtpd, on a free loopback port. It answers as told and keeps what it was sent. <c>scripts/test</c> installs it.</summary>
public sealed class RealSmtpServer : IAsyncDisposable
{
    /// <summary>Debian's own: another one need not have the package.</summary>
    private const string Python = "/usr/bin/python3";

    private readonly string _folder;
    private readonly RealProgram _program;

    private RealSmtpServer(int port, string folder, RealProgram program) => (Port, _folder, _program) = (port, folder, program);

    public int Port { get; }

    /// <summary>Every mail whose last line came, whatever was then answered.</summary>
    public IReadOnlyList<ReceivedMail> Mails =>
        File.Exists(MailsFile) ? [.. File.ReadAllLines(MailsFile).Select(l => JsonSerializer.Deserialize<ReceivedMail>(l, JsonSerializerOptions.Web)!)] : [];

    private string MailsFile => Path.Combine(_folder, "mails.jsonl");

    private string ScriptFile => Path.Combine(_folder, "script.json");

    /// <param name="login">user:password; null: none is asked for.</param>
    /// <param name="certificate">Certificate and key, PEM files; null: it speaks no TLS.</param>
    /// <param name="implicitTls">TLS from the first byte, instead of STARTTLS.</param>
    public static async Task<RealSmtpServer> StartAsync(string? login = null, (string File, string KeyFile)? certificate = null, bool implicitTls = false)
    {
        var (folder, port) = (TestRun.NewFolder("smtp"), FreePort.Next());
        List<string> arguments = [Path.Combine(AppContext.BaseDirectory, "Peers", "smtp-server.py"), folder, $"{port}"];
        if (certificate is { } files)
        {
            arguments.AddRange([implicitTls ? "--tls" : "--starttls", files.File, files.KeyFile]);
        }

        if (login is not null)
        {
            arguments.AddRange(["--login", login]);
        }

        return new RealSmtpServer(port, folder, await RealProgram.StartAsync(Python, arguments, new Dictionary<string, string>(), folder, port));
    }

    /// <summary>What it does from now on, as the script's own text says; without members it does its work.</summary>
    public void Do(JsonObject script)
    {
        // Renamed, so that it never reads half of one.
        File.WriteAllText(ScriptFile + ".new", script.ToJsonString());
        File.Move(ScriptFile + ".new", ScriptFile, overwrite: true);
    }

    public ValueTask DisposeAsync() => _program.DisposeAsync();
}
