using System.Collections.Immutable;
using System.Security.Cryptography;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// The standalone monitor's own keys, each in a file of its own, 0600, in a folder 0700: made at the first start and never replaced. An operator replaces one
/// by hand; the file of the other then stands beside it. In Azure they are settings.
/// </summary>
internal sealed class KeyFolder(string folder)
{
    private const int KeyBytes = 32;

    /// <exception cref="IOException">A file cannot be read or made; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    /// <exception cref="InvalidDataException">A file holds something else than a key.</exception>
    public KeyRing Open()
    {
        PrivateFolder.Make(folder);
        var first = Signing(PathOf("signing.pem"), ReadOrMake(PathOf("signing.pem"), MakePem));
        var other = Read(PathOf("signing.other.pem"));
        var apiKeys = ImmutableArray.Create(new ApiKey(ApiRole.Operator, ReadOrMake(PathOf("operator.key"), MakeKey)), new ApiKey(ApiRole.Viewer, ReadOrMake(PathOf("viewer.key"), MakeKey)));
        return new KeyRing(
            other is null ? [first] : [first, Signing(PathOf("signing.other.pem"), other)],
            apiKeys.AddRange(Old("operator.old.key", ApiRole.Operator)).AddRange(Old("viewer.old.key", ApiRole.Viewer)),
            ReadOrMake(PathOf("bus.secret"), MakeKey));
    }

    private string PathOf(string name) => Path.Combine(folder, name);

    private static SigningKey Signing(string file, string pem) =>
        SigningKey.TryImportPem(pem, out var key, out var error) ? key : throw new InvalidDataException($"{file} is no signing key: {error}");

    private ImmutableArray<ApiKey> Old(string name, ApiRole role) => Read(PathOf(name)) switch
    {
        null => [],
        { Length: < ApiKeys.ShortestKey or > ApiKeys.LongestKey } key => throw new InvalidDataException($"{PathOf(name)} has {key.Length} characters: a key has {ApiKeys.ShortestKey} to {ApiKeys.LongestKey}"),
        var key => [new ApiKey(role, key)],
    };

    private static string MakeKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes));

    private static string MakePem()
    {
        using var key = SigningKey.Create();
        return key.ExportPem();
    }

    /// <summary>Written whole or not at all, so that a start that was cut off leaves no half of a key.</summary>
    private static string ReadOrMake(string file, Func<string> make)
    {
        if (!File.Exists(file))
        {
            var next = file + ".new";
            File.Delete(next);
            using (var stream = PrivateFile.Open(next, FileShare.None))
            {
                stream.Write(System.Text.Encoding.ASCII.GetBytes(make() + "\n"));
                stream.Flush(flushToDisk: true);
            }

            File.Move(next, file, overwrite: false);
        }

        return Read(file)!;
    }

    /// <summary>Null when it is not there.</summary>
    private static string? Read(string file)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        var text = File.ReadAllText(file).Trim();
        return text.Length > 0 ? text : throw new InvalidDataException($"{file} is empty: remove it for a new key");
    }
}
