using System.Text;

namespace CustomerService.Gateway.Page;

/// <summary>A file that the program carries beside one of its types.</summary>
internal static class EmbeddedFile
{
    public static byte[] Bytes(Type neighbour, string file)
    {
        using var stream = neighbour.Assembly.GetManifestResourceStream($"{neighbour.Namespace}.{file}")
            ?? throw new InvalidOperationException($"The file {file} isn't in the program.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    public static string Text(Type neighbour, string file) => Encoding.UTF8.GetString(Bytes(neighbour, file)).TrimStart('\uFEFF');
}
