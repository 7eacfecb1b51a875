using System.Security.Cryptography;

namespace CustomerService.Gateway.Visitors;

/// <summary>The secret that signs visitors' tokens. Whoever loses it signs every visitor out.</summary>
public static class VisitorKey
{
    public const int Length = 32;

    // A move that must not overwrite looks first and moves then: two at once could each put their own key in place.
    private static readonly Lock Making = new();

    /// <summary>Reads the key from the file, or makes one there that only this user can read.</summary>
    /// <exception cref="InvalidDataException">The file is there and holds no key.</exception>
    /// <exception cref="IOException">The file can't be read or made.</exception>
    public static ReadOnlyMemory<byte> LoadOrCreate(string path)
    {
        lock (Making)
        {
            if (!File.Exists(path))
                Create(path);
        }

        var key = File.ReadAllBytes(path);
        return key.Length == Length
            ? key
            : throw new InvalidDataException(
                $"{path} should hold a key of {Length} bytes and has {key.Length}. Bring back a copy of it, or delete it: what was signed or protected with it is void then.");
    }

    /// <summary>Written aside and moved into place, so that a crash can't leave half a key; a key that is there already stays.</summary>
    private static void Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        var aside = $"{path}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}.new";
        using (var file = new FileStream(aside, options))
        {
            file.Write(RandomNumberGenerator.GetBytes(Length));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(aside, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(aside);
        }
    }
}
