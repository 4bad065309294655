using System.Security.Cryptography;
using MoneroCloud.Core;

namespace MoneroCloud.Functions;

/// <summary>
/// The standalone monitor's own keys, each in a file of its own, 0600, in a folder 0700: made at the first start and never replaced. In
/// Azure they are settings.
/// </summary>
internal sealed class KeyFolder(string folder)
{
    private const int KeyBytes = 32;

    public string OperatorKeyFile => Path.Combine(folder, "operator.key");

    public string ViewerKeyFile => Path.Combine(folder, "viewer.key");

    private string SigningKeyFile => Path.Combine(folder, "signing.pem");

    private string BusSecretFile => Path.Combine(folder, "bus.secret");

    /// <exception cref="IOException">A file cannot be read or made; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    /// <exception cref="InvalidDataException">A file holds something else than a key.</exception>
    public KeyRing Open()
    {
        PrivateFolder.Make(folder);
        var pem = ReadOrMake(SigningKeyFile, MakePem);
        return SigningKey.TryImportPem(pem, out var signing, out var error)
            ? new KeyRing(signing, ReadOrMake(OperatorKeyFile, MakeKey), ReadOrMake(ViewerKeyFile, MakeKey), ReadOrMake(BusSecretFile, MakeKey))
            : throw new InvalidDataException($"{SigningKeyFile} is no signing key: {error}");
    }

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

        var text = File.ReadAllText(file).Trim();
        return text.Length > 0 ? text : throw new InvalidDataException($"{file} is empty: remove it for a new key");
    }
}
