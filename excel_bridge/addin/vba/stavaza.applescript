-- Starts Python for the Stavaza add-in, outside the sandbox of Excel. Every part is quoted for the shell.

on StavazaStart(parameters)
	set {oldDelimiters, AppleScript's text item delimiters} to {AppleScript's text item delimiters, "|"}
	set {interpreter, command, workbook, answer, proof, logFile} to text items of parameters
	set AppleScript's text item delimiters to oldDelimiters
	set programPath to decoded(interpreter)
	set shellCommand to quoted form of programPath & " -P -B -c " & quoted form of command & " " & quoted form of ("--wb=" & workbook) & " --from_xl=1 " & quoted form of ("--answer=" & answer)
	if proof is not "" then set shellCommand to shellCommand & " " & quoted form of ("--proof=" & proof)
	do shell script shellCommand & " > /dev/null 2>> " & quoted form of decoded(logFile) & " &"
	return "0"
end StavazaStart

on decoded(parts)
	-- &#235; is the sign with number 235; of an empty text there is no first piece
	if parts is "" then return ""
	set {oldDelimiters, AppleScript's text item delimiters} to {AppleScript's text item delimiters, "&#"}
	set pieces to text items of parts
	set AppleScript's text item delimiters to ";"
	set found to item 1 of pieces
	repeat with piece in rest of pieces
		set halves to text items of (contents of piece)
		set found to found & (character id ((item 1 of halves) as integer)) & ((rest of halves) as text)
	end repeat
	set AppleScript's text item delimiters to oldDelimiters
	return found
end decoded
