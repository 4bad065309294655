namespace MoneroCloud.Testing;

/// <summary>What the Functions host posted to a trigger, byte for byte: one file of HostPayloads.</summary>
public static class RecordedPayload
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "HostPayloads");

    public static byte[] Of(string name) => File.ReadAllBytes(Path.Combine(Folder, name + ".json"));
}
