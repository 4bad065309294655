namespace MoneroCloud.Bench;

/// <summary>What peers/checks.php writes for one command.</summary>
internal sealed record PhpAnswer(int Failed, long[] Nanoseconds, long CpuMicroseconds);
