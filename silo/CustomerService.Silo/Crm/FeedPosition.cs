using System.Globalization;
using System.Text;

namespace CustomerService.Silo.Crm;

/// <summary>How far in the journal a feed has come, kept in a file.</summary>
internal sealed class FeedPosition
{
    private readonly string _path;
    private long _value;
    private long _kept;

    private FeedPosition(string path, long value) => (_path, _value, _kept) = (path, value, value);

    /// <summary>The last entry that needs no sending any more; 0 before the first.</summary>
    public long Value => Interlocked.Read(ref _value);

    /// <summary>As it was kept; the journal's beginning where there is no file, so that nothing logged is missed.</summary>
    /// <exception cref="InvalidDataException">The file holds something else; the message names it and the fix.</exception>
    public static FeedPosition Open(string path)
    {
        if (!File.Exists(path))
            return new FeedPosition(path, 0);
        var text = File.ReadAllText(path).Trim();
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? new FeedPosition(path, value)
            : throw new InvalidDataException($"{path}, line 1: this is no position in the journal. Write the number that was last there, or delete the file to send everything again (under the same keys).");
    }

    /// <summary>Goes on, in memory; back too, where the journal is not the one that it was.</summary>
    public void MoveTo(long position) => Interlocked.Exchange(ref _value, position);

    /// <summary>Writes it, whole or not at all, if it has changed.</summary>
    /// <exception cref="IOException">It can't be written now; it stays to be kept.</exception>
    public void Keep()
    {
        var value = Value;
        if (value == _kept)
            return;
        var fresh = _path + ".new";
        using (var file = new FileStream(fresh, FileMode.Create, FileAccess.Write))
        {
            file.Write(Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture) + "\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, _path, overwrite: true);
        _kept = value;
    }
}
