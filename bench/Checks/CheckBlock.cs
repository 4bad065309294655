namespace MoneroCloud.Bench;

/// <summary>One run of one check over all targets.</summary>
/// <param name="Failed">Checks that said "does not work"; every target works, so each is a fault of the run.</param>
/// <param name="CpuMicroseconds">User and system time of the contestant's process.</param>
/// <param name="Nanoseconds">Of each check, in order.</param>
internal sealed record CheckBlock(string Who, string Method, int Failed, long CpuMicroseconds, long[] Nanoseconds);
