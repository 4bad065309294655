using System.Text.Json;
using MoneroCloud.Core;
using Spectre.Console;

namespace MoneroCloud.Agent;

/// <summary>
/// Looks again and again until it is ended. On a terminal one picture is drawn anew; else the table is written once, and then a line for
/// each change. That nothing can be seen for a while ends it only when it is so from the beginning.
/// </summary>
/// <param name="eye">Where it looks.</param>
/// <param name="shell">Where it writes.</param>
/// <param name="keys">Gives the next key that was pressed, or null when none was; null where there is no keyboard.</param>
internal sealed class WatchRun(IFleetEye eye, CommandShell shell, WatchOptions options, Func<char?>? keys)
{
    private const int MostChanges = 100;
    private static readonly TimeSpan KeyPause = TimeSpan.FromMilliseconds(100);

    private readonly Queue<FleetChange> _changes = new();
    private bool _failing = options.Failing;

    /// <returns>The exit code: 0 when it was ended, by a key or an interruption.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        try
        {
            var first = await eye.LookAsync(cancellation);
            if (first.Trouble is { } trouble)
            {
                return shell.Fail(first.Exit, trouble);
            }

            await (options.Json ? JsonAsync(first, cancellation) : shell.Tables.Profile.Capabilities.Ansi ? DrawAsync(first, cancellation) : WriteAsync(first, cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }

        return ExitCode.Working;
    }

    private async Task DrawAsync(FleetLook first, CancellationToken cancellation)
    {
        var (last, look) = (first, first);
        await shell.Tables.Live(Picture(last, null)).AutoClear(false).StartAsync(async live =>
        {
            while (true)
            {
                live.UpdateTarget(Picture(last, look.Trouble));
                if (!await WaitAsync(() => live.UpdateTarget(Picture(last, look.Trouble)), cancellation))
                {
                    return;
                }

                look = await eye.LookAsync(cancellation);
                if (look.Trouble is null)
                {
                    Note(FleetChange.Between(last.Nodes, look));
                    last = look;
                }
            }
        });
    }

    /// <returns>False when it is to end.</returns>
    private async Task<bool> WaitAsync(Action redraw, CancellationToken cancellation)
    {
        var begun = shell.Time.GetTimestamp();
        for (var left = options.Interval; left > TimeSpan.Zero; left = options.Interval - shell.Time.GetElapsedTime(begun))
        {
            await Task.Delay(keys is null || left < KeyPause ? left : KeyPause, shell.Time, cancellation);
            switch (keys?.Invoke())
            {
                case 'q' or 'Q':
                    return false;
                case 'f' or 'F':
                    _failing = !_failing;
                    redraw();
                    break;
            }
        }

        return true;
    }

    private Spectre.Console.Rendering.IRenderable Picture(FleetLook last, string? trouble) =>
        WatchScreen.Draw(last, trouble, [.. _changes], _failing, (shell.Tables.Profile.Width, shell.Tables.Profile.Height), shell.Time.GetUtcNow());

    private void Note(IEnumerable<FleetChange> changes)
    {
        foreach (var change in changes)
        {
            _changes.Enqueue(change);
            if (_changes.Count > MostChanges)
            {
                _changes.Dequeue();
            }
        }
    }

    private Task WriteAsync(FleetLook first, CancellationToken cancellation)
    {
        StatusTable.Write([.. WatchScreen.Wanted(first.Nodes, options.Failing)], one: false, shell.Tables, shell.Time.GetUtcNow());
        return FollowAsync(first, change => $"{Words.Time(change.At)} {change.Text()}", cancellation);
    }

    private Task JsonAsync(FleetLook first, CancellationToken cancellation)
    {
        foreach (var node in WatchScreen.Wanted(first.Nodes, options.Failing))
        {
            shell.Output.WriteLine(Line(node));
        }

        return FollowAsync(first, change => change.After is { } node ? Line(node) : null, cancellation);
    }

    /// <param name="line">Null where a change makes none.</param>
    private async Task FollowAsync(FleetLook first, Func<FleetChange, string?> line, CancellationToken cancellation)
    {
        var last = first;
        string? told = null;
        while (true)
        {
            await Task.Delay(options.Interval, shell.Time, cancellation);
            var look = await eye.LookAsync(cancellation);
            Tell(look.Trouble, ref told);
            if (look.Trouble is not null)
            {
                continue;
            }

            foreach (var text in FleetChange.Between(last.Nodes, look).Select(line).OfType<string>())
            {
                shell.Output.WriteLine(text);
            }

            last = look;
        }
    }

    /// <summary>Each trouble once, and its end.</summary>
    private void Tell(string? trouble, ref string? told)
    {
        if (trouble != told)
        {
            shell.Error.WriteLine($"monerocloud: {trouble ?? "it can be seen again"}");
            told = trouble;
        }
    }

    private static string Line(NodeStatus node) => JsonSerializer.SerializeToNode(node, CommandLineJson.Default.NodeStatus)!.ToJsonString();
}
