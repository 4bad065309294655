using System.Buffers.Text;
using System.Text;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>What is used of <c>/proc/PID/stat</c> (proc_pid_stat(5)).</summary>
/// <param name="State">The letter: R, S, D, T, t, Z, X, I ...</param>
/// <param name="Session">The session's leader: its own pid for what the agent spawned.</param>
/// <param name="CpuTicks">User and system time of all its threads, in clock ticks.</param>
/// <param name="StartTicks">Clock ticks from boot to its start.</param>
/// <param name="ResidentPages">Resident set, in pages.</param>
/// <param name="ExitStatus">The wait status of a zombie; null where the kernel keeps it from us.</param>
internal readonly record struct ProcStat(
    int Pid, char State, int ParentPid, int Session, long CpuTicks, int Threads, long StartTicks, long ResidentPages, int? ExitStatus)
{
    // Numbers of proc_pid_stat(5), of which 3 is the first behind the name.
    private const int StateField = 3;
    private const int WaitChannelField = 35;
    private const int ExitField = 52;

    internal bool HasExited => State is 'Z' or 'X' or 'x';

    internal ProcessRunState RunState => State switch
    {
        'R' => ProcessRunState.Running,
        'S' => ProcessRunState.Sleeping,
        'D' => ProcessRunState.DiskSleep,
        'T' or 't' => ProcessRunState.Stopped,
        _ => ProcessRunState.Other,
    };

    internal TimeSpan CpuUsed => ClockTicks.ToTimeSpan(CpuTicks);

    /// <remarks>The name may hold anything, also <c>) R 1</c> and newlines; so the fields are counted from the last parenthesis.</remarks>
    internal static bool TryParse(ReadOnlySpan<byte> text, out ProcStat stat)
    {
        stat = default;
        var open = text.IndexOf((byte)'(');
        var close = text.LastIndexOf((byte)')');
        if (open < 2 || close < open || close + 2 >= text.Length || !Utf8Parser.TryParse(text[..(open - 1)], out int pid, out _))
        {
            return false;
        }

        Span<long> fields = stackalloc long[ExitField + 1];
        var count = Parse(text[(close + 2)..], fields);
        stat = new ProcStat(
            pid, (char)fields[StateField], (int)fields[4], (int)fields[6], fields[14] + fields[15], (int)fields[20], fields[22], fields[24], ExitIn(fields));
        return count >= 24;
    }

    /// <summary>The name between the first and the last parenthesis, at most 15 bytes of it; null when it is no stat.</summary>
    internal static string? NameIn(ReadOnlySpan<byte> text)
    {
        var open = text.IndexOf((byte)'(');
        var close = text.LastIndexOf((byte)')');
        return open < 0 || close < open ? null : Encoding.UTF8.GetString(text[(open + 1)..close]);
    }

    /// <remarks>Both read 0 to those who may not trace the process; to others "does it wait" is 1 for a zombie.</remarks>
    private static int? ExitIn(ReadOnlySpan<long> fields) =>
        fields[StateField] == 'Z' && (fields[WaitChannelField] != 0 || fields[ExitField] != 0) ? (int)fields[ExitField] : null;

    /// <summary>Fills the fields from 3 on and returns the number of the last one; the state is stored as its letter.</summary>
    private static int Parse(ReadOnlySpan<byte> rest, Span<long> fields)
    {
        fields[StateField] = rest[0];
        var number = StateField;
        foreach (var range in rest.Split((byte)' '))
        {
            if (number > StateField && number <= ExitField)
            {
                // Some fields are unsigned 64 bit (rsslim); none of those is used.
                fields[number] = Utf8Parser.TryParse(rest[range], out long value, out _) ? value : 0;
            }

            number++;
        }

        return number - 1;
    }
}
