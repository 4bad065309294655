using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MoneroCloud.Core;

namespace MoneroCloud.Agent;

/// <summary>
/// Writes a monitor's state as one file: gzip, a JSON object a line, first the header, then rows, at last their count and the SHA-256 of all before it. It has its name only once it
/// is whole and on the disk.
/// </summary>
internal sealed class StateFileWriter : IAsyncDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _path;
    private readonly string _part;
    private readonly FileStream _file;
    private readonly GZipStream _gzip;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _rows;
    private bool _whole;

    private StateFileWriter(string path)
    {
        (_path, _part) = (path, $"{path}.part");
        File.Delete(_part);
        _file = new FileStream(_part, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Private, BufferSize = 1 << 16 });
        _gzip = new GZipStream(_file, CompressionLevel.Fastest, leaveOpen: true);
    }

    /// <exception cref="IOException">It cannot be written, or another process writes it.</exception>
    public static async Task<StateFileWriter> CreateAsync(string path, ExportHeader header, CancellationToken cancellation)
    {
        var writer = new StateFileWriter(path);
        await writer.WriteAsync(header, ApiJson.Default.ExportHeader, cancellation);
        return writer;
    }

    public async Task WriteAsync(ExportedRow row, CancellationToken cancellation)
    {
        await WriteAsync(row, ApiJson.Default.ExportedRow, cancellation);
        _rows++;
    }

    /// <summary>The end: from here on there is a file of that name.</summary>
    public async Task<ExportFooter> FinishAsync(CancellationToken cancellation)
    {
        var footer = new ExportFooter(_rows, Convert.ToHexStringLower(_hash.GetHashAndReset()));
        await WriteAsync(footer, ApiJson.Default.ExportFooter, cancellation);
        await _gzip.DisposeAsync();
        _file.Flush(flushToDisk: true);
        await _file.DisposeAsync();
        File.Move(_part, _path, overwrite: true);
        _whole = true;
        return footer;
    }

    public async ValueTask DisposeAsync()
    {
        _hash.Dispose();
        if (!_whole)
        {
            await _gzip.DisposeAsync();
            await _file.DisposeAsync();
            File.Delete(_part);
        }
    }

    private async Task WriteAsync<T>(T value, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(value, type), (byte)'\n'];
        _hash.AppendData(line);
        await _gzip.WriteAsync(line, cancellation);
    }
}
