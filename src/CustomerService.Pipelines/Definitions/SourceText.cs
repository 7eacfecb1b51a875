using System.Text;

namespace CustomerService.Pipelines.Definitions;

/// <summary>Reads the text of an owner's file.</summary>
internal static class SourceText
{
    /// <summary>A file's text as strict UTF-8; of a huge file no more than it takes to refuse it.</summary>
    /// <exception cref="IOException">It can't be read; <see cref="Unreadable"/> knows the other exceptions too.</exception>
    public static string Read(string path)
    {
        using var reader = new StreamReader(path, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true);
        var buffer = new char[YamlText.MaxLength + 1];
        return new string(buffer, 0, reader.ReadBlock(buffer));
    }

    /// <summary>The text of a file that need not be there; null: it is not.</summary>
    /// <exception cref="PipelineFormatException">It is there and can't be read.</exception>
    public static string? ReadIfThere(string path)
    {
        try
        {
            return File.Exists(path) ? Read(path) : null;
        }
        catch (Exception fault) when (Unreadable(path, fault) is { } finding)
        {
            throw new PipelineFormatException([finding]);
        }
    }

    /// <summary>Why a file can't be read, as a finding; null when the fault is of another kind.</summary>
    public static PipelineFinding? Unreadable(string path, Exception fault)
    {
        if (fault is not (IOException or UnauthorizedAccessException or DecoderFallbackException))
            return null;
        var (message, fix) = fault switch
        {
            FileNotFoundException or DirectoryNotFoundException => ("there is no such file", "check the path"),
            DecoderFallbackException => ("the file is not UTF-8 text", "save it as UTF-8"),
            _ => ($"the file can't be read: {fault.Message.TrimEnd('.')}", "check the path and its permissions"),
        };
        return new PipelineFinding(FindingSeverity.Error, path, SourcePosition.Start, message, fix);
    }
}
