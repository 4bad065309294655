using System.Security.Cryptography;
using System.Text;

namespace MoneroCloud.Watchdog;

/// <summary>What every process of a test run has in its environment. It is made after everything that must survive the run was started.</summary>
internal sealed class RunMark
{
    /// <summary>The variable's name.</summary>
    public const string Variable = "MONEROCLOUD_TEST_RUN";

    private readonly byte[] _entry;

    public RunMark(string value)
    {
        Value = value;
        _entry = Encoding.UTF8.GetBytes($"{Variable}={value}");
    }

    public string Value { get; }

    public static RunMark New() => new(RandomNumberGenerator.GetHexString(32, lowercase: true));

    /// <summary>Whether one of these NUL-separated entries, as in <c>/proc/PID/environ</c>, is this very mark.</summary>
    public bool IsIn(ReadOnlySpan<byte> environ)
    {
        foreach (var entry in environ.Split((byte)0))
        {
            if (environ[entry].SequenceEqual(_entry))
            {
                return true;
            }
        }

        return false;
    }
}
