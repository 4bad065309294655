using System.Text;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary><c>config extract</c>: the configuration that an exported monitor ran with, out of its file; no monitor is asked.</summary>
internal sealed class ConfigExtract(CommandShell shell)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <param name="force">Over a file that is there.</param>
    public async Task<int> RunAsync(string file, string output, bool force, CancellationToken cancellation)
    {
        if (!force && Path.Exists(output))
        {
            return shell.Fail(ExitCode.Usage, ShownText.Printable($"{output} is there already: --force replaces it"));
        }

        StateFile state;
        try
        {
            state = await StateFile.CheckAsync(file, cancellation);
        }
        catch (StateFileException e)
        {
            return shell.Fail(ExitCode.Usage, ShownText.Printable($"{file} {e.Message}"));
        }

        if (state.Config is not { } config)
        {
            return shell.Fail(ExitCode.Failed, ShownText.Printable($"there is no configuration in {file}, or not the whole of one"));
        }

        if (config.Json is { } json)
        {
            await WriteAsync(output, json, force, cancellation);
        }

        await SayAsync(output, config);
        return config.Json is null ? ExitCode.Failed : ExitCode.Working;
    }

    /// <summary>It has its name once it is whole and on the disk.</summary>
    private static async Task WriteAsync(string output, string json, bool force, CancellationToken cancellation)
    {
        var part = $"{output}.part";
        File.Delete(part);
        await using (var file = new FileStream(part, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Private }))
        {
            await file.WriteAsync(Encoding.UTF8.GetBytes(json), cancellation);
            file.Flush(flushToDisk: true);
        }

        File.Move(part, output, force);
    }

    private async Task SayAsync(string output, MonitorConfigText config)
    {
        await shell.Output.WriteLineAsync(config.Json is null
            ? "It ran without a monitor.json, with everything at its default: nothing was written."
            : ShownText.Printable($"{output} is the monitor.json that it ran with. The values of the variables that it names are not in it, and listen, data and publicUrl are those of its host: 'monerocloud config check --monitor {output}' looks at it."));
        if (!config.Overrides.IsEmpty)
        {
            await shell.Output.WriteLineAsync("These variables overrode it:");
        }

        foreach (var (name, value) in config.Overrides)
        {
            await shell.Output.WriteLineAsync(ShownText.Printable($"  {name}={value}"));
        }
    }
}
