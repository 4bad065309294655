using System.Collections.Immutable;

namespace MoneroCloud.Core;

/// <summary>What stands beside any condition.</summary>
internal static class Notes
{
    public static ImmutableArray<(Note Note, string Text)> Of(Case subject)
    {
        var notes = ImmutableArray.CreateBuilder<(Note, string)>(2);
        if (subject.Evidence.SaveFailed || subject.Evidence.Process is ProcessSighting.Gone { Cause: ExitCause.SaveFailed })
        {
            notes.Add((Note.SaveFailed, "its last save failed: what happened since the save before is lost if it ends"));
        }

        if (subject.Evidence.Disk is { } disk && IsLow(disk, subject.Policy))
        {
            notes.Add((Note.DiskLow, $"only {Words.Size(disk.Free)} of {Words.Size(disk.Total)} are free at the wallet's folder"));
        }

        return notes.ToImmutable();
    }

    private static bool IsLow(DiskSighting disk, DiagnosisPolicy policy) =>
        disk.Free < policy.DiskLowBytes || disk.Free < disk.Total * policy.DiskLowShare;
}
