using System.Reflection;
using System.Reflection.Emit;
using MoneroCloud.Agent;
using Xunit;

namespace MoneroCloud.Tests;

/// <summary>What watches a process has nothing in its hands that could signal it: the handle's type has no room for a signal.</summary>
public sealed class NoSignalByTypeTests
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Assembly Agent = typeof(WatchedProcess).Assembly;

    [Fact]
    public void Signals_are_sent_by_these_types_alone()
    {
        // To the agent's own children; to a program it runs for what that says, such as systemctl, when it hangs.
        Assert.Equal([nameof(ProgramRun), nameof(SupervisedProcess)], CallersOf(typeof(PidFd), nameof(PidFd.TrySignal)));
        Assert.Equal([nameof(PidFd)], CallersOf(typeof(ProcessHandle), "Send"));
        Assert.Equal([nameof(ProcessHandle)], CallersOf(typeof(ProcessHandle), "Ask"));
        Assert.Equal([nameof(ProcessHandle)], CallersOf(typeof(LibC), nameof(LibC.PidFdSendSignal)));
        Assert.Equal([nameof(Children)], CallersOf(typeof(LibC), nameof(LibC.Kill)));
    }

    [Theory]
    [InlineData(typeof(WatchedProcess))]
    [InlineData(typeof(WatchMachine))]
    [InlineData(typeof(WatchFinder))]
    [InlineData(typeof(WatchedUnit))]
    public void What_watches_holds_no_handle_that_signals(Type type) => Assert.DoesNotContain(HeldBy(type), t => t == typeof(PidFd) || t == typeof(SupervisedProcess));

    [Fact]
    public void What_supervises_does_so_that_the_look_above_means_something() => Assert.Contains(typeof(PidFd), HeldBy(typeof(SupervisedProcess)));

    private static IEnumerable<Type> HeldBy(Type type)
    {
        for (var t = type; t is not null && t != typeof(object); t = t.BaseType)
        {
            foreach (var field in t.GetFields(All))
            {
                yield return field.FieldType;
            }
        }
    }

    /// <summary>The outermost types whose code calls the method: each call instruction's token is looked up.</summary>
    private static IEnumerable<string> CallersOf(Type type, string method) => Agent.GetTypes()
        .Where(t => t.GetMethods(All).Cast<MethodBase>().Concat(t.GetConstructors(All)).Any(m => Calls(m, type, method)))
        .Select(Outermost)
        .Distinct()
        .Order(StringComparer.Ordinal);

    private static bool Calls(MethodBase caller, Type type, string method)
    {
        var code = caller.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var i = 0; i + 4 < code.Length; i++)
        {
            if ((code[i] == OpCodes.Call.Value || code[i] == OpCodes.Callvirt.Value || (i > 0 && code[i - 1] == 0xFE && code[i] == 0x06))
                && Resolve(caller.Module, BitConverter.ToInt32(code, i + 1)) is { } called && called.Name == method && called.DeclaringType == type)
            {
                return true;
            }
        }

        return false;
    }

    private static MethodBase? Resolve(Module module, int token)
    {
        try
        {
            return token >> 24 is 0x06 or 0x0A ? module.ResolveMethod(token) : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type.Name;
}
