using System.Runtime.InteropServices;
using System.Text;

namespace MoneroCloud.Agent;

/// <summary>A null-terminated array of UTF-8 strings, as argv and envp are, in one block of native memory.</summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    private readonly void* _block;

    internal NativeStrings(ReadOnlySpan<string> strings)
    {
        var pointers = (nuint)(strings.Length + 1) * (nuint)sizeof(byte*);
        nuint size = pointers;
        foreach (var text in strings)
        {
            size += (nuint)Encoding.UTF8.GetByteCount(text) + 1;
        }

        _block = NativeMemory.Alloc(size);
        var free = (byte*)_block + pointers;
        var end = (byte*)_block + size;
        for (var i = 0; i < strings.Length; i++)
        {
            Pointers[i] = free;
            free += Encoding.UTF8.GetBytes(strings[i], new Span<byte>(free, (int)(end - free)));
            *free++ = 0;
        }

        Pointers[strings.Length] = null;
    }

    internal byte** Pointers => (byte**)_block;

    internal byte* this[int index] => Pointers[index];

    public void Dispose() => NativeMemory.Free(_block);
}
