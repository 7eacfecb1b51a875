using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace CustomerService.Knowledge;

/// <summary>Where texts become vectors.</summary>
/// <param name="Address">Base of an OpenAI-compatible interface, such as https://models.example.org/v1.</param>
/// <param name="Key">Null: the server needs none.</param>
/// <param name="LeastSimilarity">The cosine at which an article is as likely to answer as not; it depends on the model. Default 0.55.</param>
public sealed record EmbeddingSettings(Uri Address, string Model, string? Key = null, double LeastSimilarity = 0.55)
{
    /// <summary>Longest wait for a question's vector: beyond it the words alone decide. Default 1.5 s.</summary>
    public TimeSpan QuestionTimeout { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>Reads <c>EMBEDDINGS_BASE_URL</c>, <c>EMBEDDINGS_MODEL</c>, <c>EMBEDDINGS_API_KEY</c> and <c>EMBEDDINGS_LEAST_SIMILARITY</c>; null where there is no address.</summary>
    /// <exception cref="FormatException">One of them can't be used; the message names it and the fix.</exception>
    public static EmbeddingSettings? FromEnvironment(Func<string, string?> variable)
    {
        if (Value("EMBEDDINGS_BASE_URL") is not { } text)
            return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new FormatException($"EMBEDDINGS_BASE_URL is '{text}'; write an http or https address, such as https://models.example.org/v1, or unset it.");
        var model = Value("EMBEDDINGS_MODEL") ?? throw new FormatException("EMBEDDINGS_MODEL is not set; name the model that EMBEDDINGS_BASE_URL serves.");
        var settings = new EmbeddingSettings(address, model, Value("EMBEDDINGS_API_KEY"));
        if (Value("EMBEDDINGS_LEAST_SIMILARITY") is not { } least)
            return settings;
        return double.TryParse(least, System.Globalization.CultureInfo.InvariantCulture, out var similarity) && similarity is > 0 and < 1
            ? settings with { LeastSimilarity = similarity }
            : throw new FormatException($"EMBEDDINGS_LEAST_SIMILARITY is '{least}'; write a number between 0 and 1, such as 0.55.");

        string? Value(string name) => variable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
    }

    /// <summary>Without the key, so that a log line can't give it away.</summary>
    public override string ToString() => $"{Model} at {Address}";
}

/// <summary>Speaks <c>POST /embeddings</c> as OpenAI and the servers that follow it do.</summary>
public sealed class EmbeddingEndpoint(EmbeddingSettings settings, HttpClient http) : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly Uri _address = new(settings.Address.ToString().TrimEnd('/') + "/embeddings");

    /// <exception cref="HttpRequestException">The server can't be reached, refuses, or says something else.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var texts = values.ToArray();
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = JsonContent.Create(new { model = options?.ModelId ?? settings.Model, input = texts }) };
        if (settings.Key is { } key)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        try
        {
            using var document = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
            var vectors = new float[texts.Length][];
            foreach (var item in document.RootElement.GetProperty("data").EnumerateArray())
                vectors[item.GetProperty("index").GetInt32()] = [.. item.GetProperty("embedding").EnumerateArray().Select(number => number.GetSingle())];
            if (vectors.Any(vector => vector is not { Length: > 0 } || vector.Length != vectors[0].Length))
                throw new HttpRequestException($"{_address} answered with fewer vectors than texts, or with vectors of different lengths.");
            return [.. vectors.Select(vector => new Embedding<float>(vector))];
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException or FormatException)
        {
            throw new HttpRequestException($"{_address} answered with something else than embeddings ({fault.Message.TrimEnd('.')}).", fault);
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }
}
