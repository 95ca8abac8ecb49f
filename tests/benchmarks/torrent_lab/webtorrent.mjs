// WebTorrent as a streaming server: node webtorrent.mjs MODULES TARGET FOLDER host:port,...
// Prints LISTEN, waits for a line, then prints PATH (what to ask for) once details are known.
import fs from 'node:fs'
import { pathToFileURL } from 'node:url'

const [modules, target, folder, peers] = process.argv.slice(2)
const entry = pathToFileURL(`${modules}/webtorrent/index.js`).href
const { default: WebTorrent } = await import(entry)
const quiet = { dht: false, lsd: false, utPex: false, utp: false, natUpnp: false, natPmp: false }
const client = new WebTorrent({ ...quiet, tracker: false, webSeeds: false })
client.on('error', error => console.error(error))
const server = client.createServer()
server.listen(0, '127.0.0.1', () => console.log('LISTEN', server.address().port))

process.stdin.once('data', () => {
  const id = target.startsWith('magnet:') ? target : fs.readFileSync(target)
  const torrent = client.add(id, { path: folder, deselect: true }, ready => {
    const largest = ready.files.reduce((a, b) => (a.length >= b.length ? a : b))
    console.log('PATH', largest.streamURL)
  })
  torrent.on('infoHash', () => {
    for (const peer of peers.split(',')) torrent.addPeer(peer)
  })
})
