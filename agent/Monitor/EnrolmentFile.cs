using System.Collections.Immutable;
using System.Text.Json;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>The file <c>enrolment.json</c> in the state folder: 0600, written as a whole or not at all.</summary>
internal sealed class EnrolmentFile(string stateFolder)
{
    private const int MaxBytes = 64 * 1024;

    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Path { get; } = System.IO.Path.Combine(stateFolder, Names.EnrolmentFile);

    public EnrolmentRead Read()
    {
        if (FileStatus.Of(Path) is null)
        {
            return new EnrolmentRead.None();
        }

        var content = RegularFile.Read(Path, MaxBytes, out var problem);
        problem ??= PrivateFileMode.Problem(Path);
        if (problem is null && Parse(content!, out problem) is { } enrolment)
        {
            return new EnrolmentRead.Enrolled(enrolment);
        }

        return new EnrolmentRead.Refused($"{Path} {problem}");
    }

    /// <summary>Writes other keys of the monitor into it. Nothing where it is gone, or not readable: then it is another's matter.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public void Learn(ImmutableArray<VerifyingKey> keys)
    {
        if (Document() is { } document)
        {
            document.MonitorKeys = [.. keys.Select(Element)];
            Write(document);
        }
    }

    /// <summary>As it is written; null where it is gone, or not valid.</summary>
    public EnrolmentDocument? Document() =>
        Read() is EnrolmentRead.Enrolled && RegularFile.Read(Path, MaxBytes, out _) is { } content ? JsonSerializer.Deserialize(content, LinkJson.Default.EnrolmentDocument) : null;

    public void Write(EnrolmentDocument document)
    {
        var next = Path + ".next";
        File.Delete(next);
        using (var file = new FileStream(next, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Private }))
        {
            file.Write(JsonSerializer.SerializeToUtf8Bytes(document, LinkJson.Default.EnrolmentDocument));
            file.Flush(flushToDisk: true);
        }

        File.Move(next, Path, overwrite: true);
    }

    private static JsonElement Element(VerifyingKey key)
    {
        using var jwk = JsonDocument.Parse(key.ToJwk());
        return jwk.RootElement.Clone();
    }

    private static Enrolment? Parse(byte[] content, out string? problem)
    {
        try
        {
            var document = JsonSerializer.Deserialize(content, LinkJson.Default.EnrolmentDocument);
            problem = "is empty";
            return document is null ? null : Enrolment.Of(document, out problem);
        }
        catch (JsonException)
        {
            // Without the parser's words, which may quote a key.
            problem = "is not the JSON that 'monerocloud enroll' writes";
            return null;
        }
    }
}
