using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CustomerService.Gateway.Tests.Support;

namespace CustomerService.Gateway.Tests;

public sealed class BadRequestTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    [Theory]
    [InlineData("", 400, "malformed_json", null, 1, 1)]
    [InlineData("{\"text\":", 400, "malformed_json", null, 1, 9)]
    [InlineData("{\n  \"text\": nope\n}", 400, "malformed_json", null, 2, 12)]
    [InlineData("{\"text\":\"x\"} trailing", 400, "malformed_json", null, 1, 14)]
    [InlineData("{\"text\":\"\\ud800\"}", 400, "malformed_json", null, 1, 17)]
    [InlineData("{\"text\":\"x\",\"text\":\"y\"}", 400, "malformed_json", null, 1, null)]
    [InlineData("null", 400, "wrong_type", "$", 1, 1)]
    [InlineData("[]", 400, "wrong_type", "$", 1, null)]
    [InlineData("\"text\"", 400, "wrong_type", "$", 1, null)]
    [InlineData("{\"text\":7}", 400, "wrong_type", "text", 1, 10)]
    [InlineData("{\"text\":\"x\",\"messageId\":{}}", 400, "wrong_type", "messageId", 1, null)]
    [InlineData("{\"text\":\"x\",\"metadata\":[]}", 400, "wrong_type", "metadata", 1, null)]
    [InlineData("{\"text\":\"x\",\"metadata\":{\"page\":1}}", 400, "wrong_type", "metadata.page", 1, null)]
    [InlineData("{}", 400, "invalid_field", "text", null, null)]
    [InlineData("{\"text\":null}", 400, "invalid_field", "text", null, null)]
    [InlineData("{\"text\":\"\"}", 400, "invalid_field", "text", null, null)]
    [InlineData("{\"text\":\" \\n\\t \"}", 400, "invalid_field", "text", null, null)]
    [InlineData("{\"text\":\"a\\u0000b\"}", 400, "invalid_field", "text", null, null)]
    [InlineData("{\"text\":\"x\",\"conversationId\":\"\"}", 400, "invalid_field", "conversationId", null, null)]
    [InlineData("{\"text\":\"x\",\"conversationId\":\"a/b\"}", 400, "invalid_field", "conversationId", null, null)]
    [InlineData("{\"text\":\"x\",\"messageId\":\"ü\"}", 400, "invalid_field", "messageId", null, null)]
    [InlineData("{\"text\":\"x\",\"metadata\":{\"\":\"y\"}}", 400, "invalid_field", "metadata.", null, null)]
    public async Task A_mistake_in_the_body_is_named_with_its_place(string body, int status, string code, string? field, int? line, int? position)
    {
        var gateway = shared.Gateway;

        var problem = (await gateway.SendAsync(HttpMethod.Post, "/api/chat/messages", body: body)).ShouldBe(status, code);

        Assert.Equal(field, problem["field"]?.GetValue<string>());
        Assert.Equal(line, problem["line"]?.GetValue<int>());
        if (position is not null)
            Assert.Equal(position, problem["position"]?.GetValue<int>());
    }

    [Fact]
    public async Task A_wrong_type_says_what_would_be_right()
    {
        var gateway = shared.Gateway;

        var text = (await gateway.SendAsync(HttpMethod.Post, "/api/chat/messages", body: """{"text":7}""")).ShouldBe(400, "wrong_type");
        var capacity = (await gateway.SendAsync(HttpMethod.Put, "/api/agents/ada", RunningGateway.AgentToken, """{"name":"Ada","capacity":"three"}""")).ShouldBe(400, "wrong_type");
        var queues = (await gateway.SendAsync(HttpMethod.Put, "/api/agents/ada", RunningGateway.AgentToken, """{"name":"Ada","queues":"general"}""")).ShouldBe(400, "wrong_type");

        Assert.Equal("The field 'text' has the wrong type (line 1, position 10): it must be a text.", text["detail"]!.GetValue<string>());
        Assert.EndsWith("it must be a whole number.", capacity["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.EndsWith("it must be a list of texts.", queues["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(129, 400)]
    [InlineData(128, 202)]
    public async Task An_id_has_at_most_128_characters(int length, int status)
    {
        var gateway = shared.Gateway;

        Assert.Equal(status, (int)(await gateway.SayAsync(null, "Hello", new string('c', length), new string('m', length))).Status);
    }

    [Fact]
    public async Task Too_much_metadata_is_refused()
    {
        var gateway = shared.Gateway;
        var many = Enumerable.Range(0, 33).ToDictionary(number => $"k{number}", _ => "v");

        (await gateway.SendAsync(HttpMethod.Post, "/api/chat/messages", body: new { text = "x", metadata = many })).ShouldBe(400, "invalid_field");
        (await gateway.SendAsync(HttpMethod.Post, "/api/chat/messages", body: new { text = "x", metadata = new { k = new string('v', 1_001) } })).ShouldBe(400, "invalid_field");
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF8_are_named_with_their_position()
    {
        var gateway = shared.Gateway;

        var problem = (await PostAsync(gateway, [.. "{\"text\":\"é"u8, 0xFF, (byte)'"', (byte)'}'], "application/json")).ShouldBe(400, "invalid_utf8");

        Assert.Equal(12, problem["position"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_byte_order_mark_is_passed_over()
    {
        var gateway = shared.Gateway;

        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(gateway, [0xEF, 0xBB, 0xBF, .. "{\"text\":\"x\"}"u8], "application/json")).Status);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Another_media_type_is_refused(string mediaType)
    {
        var gateway = shared.Gateway;

        (await PostAsync(gateway, "{\"text\":\"x\"}"u8.ToArray(), mediaType)).ShouldBe(415, "wrong_media_type");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_is_too_long_is_refused_whether_or_not_its_length_is_told(bool told)
    {
        var gateway = shared.Gateway;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/chat/messages") { Content = new ByteArrayContent(new byte[700 * 1024]) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TransferEncodingChunked = told ? null : true;

        (await gateway.SendAsync(request)).ShouldBe(413, "body_too_large");
    }

    [Fact]
    public async Task Deep_nesting_is_malformed_and_no_fault()
    {
        var gateway = shared.Gateway;
        var deep = "{\"x\":" + new string('[', 5_000) + new string(']', 5_000) + "}";

        (await gateway.SendAsync(HttpMethod.Post, "/api/chat/messages", body: deep)).ShouldBe(400, "malformed_json");
    }

    [Theory]
    [InlineData("GET", "/api/nothing", 404, "no_such_address")]
    [InlineData("DELETE", "/api/chat/messages", 405, "method_not_allowed")]
    [InlineData("GET", "/api/chat/messages", 405, "method_not_allowed")]
    public async Task What_is_not_there_is_told_as_a_problem(string method, string path, int status, string code)
    {
        var gateway = shared.Gateway;

        (await gateway.SendAsync(new HttpMethod(method), path)).ShouldBe(status, code);
    }

    [Theory]
    [InlineData("?after=x", "bad_request")]
    [InlineData("?after=-1", "invalid_field")]
    [InlineData("?wait=31", "invalid_field")]
    [InlineData("?limit=0", "invalid_field")]
    [InlineData("?limit=99999999999", "bad_request")]
    public async Task A_wrong_parameter_is_named(string query, string code)
    {
        var gateway = shared.Gateway;

        var problem = (await gateway.ReadAsync((await gateway.BeginSessionAsync()).Token, "c-1", query)).ShouldBe(400, code);

        Assert.Contains(query.Split('?', '=')[1], problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private static Task<Answer> PostAsync(RunningGateway gateway, byte[] body, string mediaType)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/chat/messages") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType) { CharSet = Encoding.UTF8.WebName };
        return gateway.SendAsync(request);
    }
}
