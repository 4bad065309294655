namespace MoneroCloud.Functions;

/// <summary>What this process asked of its storage, since it was started.</summary>
internal sealed class StorageTally
{
    private readonly long[] _calls = new long[Enum.GetValues<StorageOperation>().Length];
    private readonly long[] _failures = new long[Enum.GetValues<StorageOperation>().Length];
    private long _lostRaces;

    public long LostRaces => Interlocked.Read(ref _lostRaces);

    public long Calls(StorageOperation operation) => Interlocked.Read(ref _calls[(int)operation]);

    public long Failures(StorageOperation operation) => Interlocked.Read(ref _failures[(int)operation]);

    public void Called(StorageOperation operation) => Interlocked.Increment(ref _calls[(int)operation]);

    public void Failed(StorageOperation operation) => Interlocked.Increment(ref _failures[(int)operation]);

    public void Raced() => Interlocked.Increment(ref _lostRaces);
}
